"""What is said of a model that learned elsewhere and is opened from a folder."""

from __future__ import annotations

from explainer.concepts.transformer.pretrained.patterns import PATTERNS
from explainer.concepts.transformer.pretrained.sentences import EXAMPLES
from explainer.lesson import Choice, Knob, Step, Text

_HERE = "explainer.concepts.transformer.pretrained"

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: folder, tokens, map, all, layers, use, size or worth.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "folder"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    Knob("other", "probe", Text("Second sentence", "둘째 문장"), EXAMPLES[2]),
    # Chosen on the stage, since how many there are depends on the model.
    Knob("layer", "probe", Text("Layer", "층"), 1),
    Knob("head", "view", Text("Head", "헤드"), 1),
    Knob(
        "pattern",
        "view",
        Text("Pattern", "무늬"),
        "none",
        Choice(
            ("none", *PATTERNS),
            (
                Text("none", "없음"),
                Text("the token before", "바로 앞"),
                Text("the token after", "바로 뒤"),
                Text("itself", "자기 자신"),
                Text("the first token", "첫 토큰"),
                Text("the last token", "끝 토큰"),
            ),
        ),
    ),
    # Set by the button on the stage or by what is dropped there; "" is none.
    Knob("folder", "rebuild", Text("Model folder", "모델 폴더"), ""),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="folder",
        title=Text("A model in a folder", "폴더에 담긴 모델"),
        body=Text(
            "Trained models are passed on as **folders**: the shape in config.json, the weights in"
            " model.safetensors, and the pieces that text is split into.\n\n**Open one** with a"
            " BERT or a GPT-2. The modules of this program read it; all they need is a **table of"
            " names**. Nothing is downloaded.",
            "학습을 마친 모델은 **폴더**로 주고받습니다. config.json에는 모양이, model.safetensors에는"
            " 가중치가 있고, 글을 나누는 조각 목록도 들어 있습니다.\n\nBERT나 GPT-2 폴더를 **열어"
            " 보세요**. 이 프로그램의 모듈이 **이름표** 하나로 읽어 들입니다. 인터넷은 쓰지 않습니다.",
        ),
        notes=Text(
            "Everything in this scene needs an open folder; without one the stage keeps showing"
            " what such a folder holds. Good ones for a lecture: all-MiniLM-L6-v2 (90 MB), BERT"
            " base, GPT-2 small. The layout is Hugging Face's. Files ending in .bin are Python"
            " pickles: opening one can run code, so they are refused. A safetensors file is a list"
            " of names, shapes and numbers, nothing else. Half-precision numbers become float32.",
            "이 장면은 폴더를 열어야 볼 수 있고, 열기 전에는 폴더에 무엇이 들어 있는지만 보입니다."
            " 강의에는 all-MiniLM-L6-v2(90MB), BERT base, GPT-2 small이 알맞습니다. 허깅페이스의 폴더"
            " 형식입니다. 이름이 .bin으로 끝나는 파일은 파이썬 피클이라 여는 것만으로 코드가 실행될 수"
            " 있어 열지 않습니다. safetensors에는 이름과 모양과 숫자만 있습니다. 반정밀도로 저장된 수는"
            " float32로 바꿉니다.",
        ),
        covers=("transformer.pretrained",),
        minutes=3,
        code=f"{_HERE}.weights:stored_name",
        lines={"table": "for stored, own in NAMES[kind].items():"},
        slide=Text(
            "A shape, weights with names, pieces of text",
            "모양, 이름 붙은 가중치, 글의 조각",
        ),
    ),
    Step(
        key="tokens",
        title=Text("Its own pieces of text", "모델마다 다른 글 조각"),
        body=Text(
            "The folder's own tokeniser splits the text. A rare word falls into **pieces**: BERT"
            " marks those that go on with **##**, GPT-2 marks a space before with **␣**.\n\nEach"
            " piece is a **number**, and the number fetches a **vector**. Now type Korean: what"
            " does this vocabulary make of it?",
            "폴더에 든 토크나이저가 글을 나눕니다. 드문 낱말은 여러 **조각**이 됩니다. BERT는 이어지는"
            " 조각에 **##**을, GPT-2는 앞의 빈칸에 **␣**을 붙입니다.\n\n조각마다 **번호**가 있고, 번호로"
            " **벡터**를 꺼냅니다. 한국어를 써 보세요. 이 어휘는 어떻게 나누나요?",
        ),
        notes=Text(
            "Ours learned morphemes from a grammar; these learned their pieces from the counts of a"
            " large text: WordPiece (BERT) and byte-level BPE (GPT-2). An English WordPiece"
            " vocabulary takes Hangul apart into letters or gives it up as [UNK]; byte-level BPE"
            " knows every byte but needs several for a syllable, shown in hexadecimal. [CLS] and"
            " [SEP] are put round the text by the tokeniser. The vectors are those with which the"
            " first layer begins: token and position together.",
            "우리 번역기의 토큰은 문법에서 온 형태소이지만, 여기의 조각은 방대한 글에서 센 빈도로"
            " 정해졌습니다. BERT는 워드피스, GPT-2는 바이트 단위 BPE입니다. 영어 워드피스는 한글을 자모로"
            " 쪼개거나 [UNK]로 포기합니다. 바이트 BPE는 모르는 글자가 없지만 음절 하나에 여러 바이트를"
            " 쓰며, 여기서는 16진수로 보입니다. [CLS]와 [SEP]은 토크나이저가 붙입니다. 아래 벡터는 첫 층에"
            " 들어가는 값으로, 토큰과 위치를 더한 것입니다.",
        ),
        covers=("transformer.pretrained", "transformer.tokens"),
        minutes=3,
        knobs={"picture": "tokens", "sentence": EXAMPLES[4]},
        code=f"{_HERE}.tokeniser:Tokeniser.read",
        lines={"chips": "found = self._inner.encode(text)", "numbers": "tuple(found.ids),"},
        slide=Text("Rare words fall into pieces", "드문 낱말은 조각이 됩니다"),
    ),
    Step(
        key="map",
        title=Text("One map of many", "여러 지도 가운데 한 장"),
        body=Text(
            "One head of one layer. Each **row** is a token that looks, and its numbers add up to"
            " **1**. Choose a layer above, then a head.\n\nThe lines on the right say the same."
            " Point at **it**: at whom does this head look there? Then change the sentence so that"
            " “it” means something else.",
            "한 층의 헤드 하나입니다. **행**이 바라보는 토큰이고 그 숫자를 더하면 **1**입니다. 위에서 층을"
            " 고르고 헤드를 고르세요.\n\n오른쪽 선도 같은 것을 보여 줍니다. **it**을 가리켜 보세요. 이"
            " 헤드는 무엇을 보나요? 그다음 it의 뜻이 달라지도록 문장을 바꿔 보세요.",
        ),
        notes=Text(
            "The arithmetic is that of our own translator; only the sizes differ. In a GPT-2 the"
            " upper right is empty, since no token sees those after it. Measured in MiniLM, layer"
            " 4, head 2: ‘it’ gives 0.44 to dog and 0.17 to chair, and dog stays first when the two"
            " change places. So does this head resolve pronouns? Take the trophy that did not fit"
            " in the suitcase because it was too big (the seventh sentence), then too small: trophy"
            " stays first, 0.57 and 0.61, though now it is the suitcase that is meant.",
            "계산은 우리 번역기와 똑같고 크기만 다릅니다. GPT-2는 뒤의 토큰을 볼 수 없어 오른쪽 위가 비어"
            " 있습니다. MiniLM 4층 헤드 2에서 재어 보면 it은 dog에 0.44, chair에 0.17을 주고, 둘의 자리를"
            " 바꿔도 dog이 먼저입니다. 그러면 이 헤드는 대명사를 풀어낼까요? 트로피가 너무 커서(big)"
            " 가방에 안 들어간다는 일곱째 문장과, 너무 작아서(small)로 바꾼 문장을 견줘 보세요. small이면"
            " 가방을 가리키는데도 trophy가 0.57과 0.61로 여전히 먼저입니다.",
        ),
        covers=("transformer.pretrained", "transformer.attention"),
        minutes=3,
        knobs={"picture": "map", "layer": 4, "head": 2},
        code=f"{_HERE}.bert:SelfAttention.forward",
        lines={
            "map": "scores = q @ k.transpose(-2, -1)",
            "row": "weights = scores.softmax(dim=-1)",
            "all": "heads = weights @ v",
        },
        slide=Text("Who looks at whom, in one head", "헤드 하나에서 누가 누구를 보는지"),
    ),
    Step(
        key="all",
        title=Text("Every map at once", "모든 지도를 한꺼번에"),
        body=Text(
            "All heads of all layers on **this** sentence. Some share a pattern: a slanted line, an"
            " upright one. The list **counts** the heads that give over half their weight to one"
            " place.\n\nChoose a pattern; click a map to open it. Then change the sentence: which"
            " counts stay?",
            "모든 층의 모든 헤드가 **이** 문장을 읽은 지도입니다. 비스듬한 줄, 곧은 줄처럼 닮은 무늬가"
            " 있습니다. 목록은 가중치의 절반 넘게를 한 곳에 주는 헤드를 **센** 것입니다.\n\n무늬를 고르고,"
            " 지도를 눌러 열어 보세요. 문장을 바꾸면 어느 수가 그대로인가요?",
        ),
        notes=Text(
            "Others found in BERT that many heads look at [SEP], at [CLS] or at a neighbour (Clark"
            " et al., What does BERT look at?, 2019). What is written here is counted on the"
            " sentence in the field: in MiniLM on the sentence given, 31 of 72 heads give most to"
            " [CLS] and none to [SEP]. A head with nothing to gather has to put its weight"
            " somewhere, for each row must add up to one. Cells that could count for two patterns"
            " are left out.",
            "BERT에는 [SEP]이나 [CLS], 또는 이웃을 보는 헤드가 많다고 알려져 있습니다(Clark 외, 2019)."
            " 여기 적힌 수는 지금 문장에서 센 것입니다. MiniLM은 처음 문장에서 헤드 72개 가운데 31개가"
            " [CLS]에 절반 넘게 주고, [SEP]에 그렇게 주는 헤드는 없습니다. 모을 것이 없는 헤드도 행의"
            " 합이 1이어야 하므로 어딘가에는 가중치를 주어야 합니다. 두 무늬에 다 들 수 있는 칸은 세지"
            " 않습니다.",
        ),
        covers=("transformer.pretrained", "transformer.multihead"),
        minutes=4,
        knobs={"picture": "all", "layer": 1, "head": 3},
        controls=("pattern",),
        code=f"{_HERE}.patterns:shares",
        lines={"counted": "attention[..., rows, columns].mean(axis=-1)"},
        slide=Text("Patterns, counted on this sentence", "이 문장에서 세어 본 무늬"),
    ),
    Step(
        key="layers",
        title=Text("What the layers change", "층이 바꾸는 것"),
        body=Text(
            "Each layer turns the vector of every token; written is by how many **degrees**. At 0"
            " nothing changed, at 90 nothing of the old direction is left.\n\nThe bars tell how"
            " **alike** the vectors of different tokens are. Which layer changes most? Do the"
            " tokens grow together?",
            "층마다 토큰의 벡터를 돌립니다. 적힌 것은 돌린 **각도**입니다. 0도면 그대로이고, 90도면 본래"
            " 방향이 남지 않습니다.\n\n막대는 서로 다른 토큰의 벡터가 얼마나 **닮았는지**입니다. 가장 많이"
            " 바꾸는 층은 어디인가요? 토큰들은 서로 닮아 가나요?",
        ),
        notes=Text(
            "Vectors of all layers live in one space, so that they can be compared: every layer"
            " only adds to what came in (BERT normalises after it). An angle says how much changed,"
            " not what. In MiniLM, trained so that the mean of its tokens stands for the sentence,"
            " the last layer turns most on the sentence given, and the tokens end up most alike.",
            "층은 들어온 것에 더하기만 하므로(BERT는 그 뒤에 정규화합니다) 모든 층의 벡터를 견줄 수"
            " 있습니다. 각도는 얼마나 바뀌었는지를 말할 뿐, 무엇이 바뀌었는지는 말하지 않습니다. MiniLM은"
            " 토큰의 평균이 문장을 나타내도록 학습한 모델입니다. 처음 문장에서는 마지막 층이 가장 많이"
            " 돌리고, 토큰들이 가장 닮게 됩니다.",
        ),
        covers=("transformer.pretrained", "transformer.encoder"),
        minutes=3,
        knobs={"picture": "layers"},
        code=f"{_HERE}.patterns:turned",
        lines={"layer": "_row_cosines(hidden[1:], hidden[:-1])"},
        slide=Text("By how much each layer turns a token", "층마다 토큰을 얼마나 돌리는지"),
    ),
    Step(
        key="use",
        title=Text("What comes out", "무엇이 나오나요"),
        body=Text(
            "A **sentence encoder** makes one vector of a sentence; the cosine of two says how"
            " alike they are **to it**. A **GPT-2** gives every token a probability to come"
            " **next**: click one.\n\nTry another sentence: who sat on whom swapped, or a “not”"
            " put in. Does it notice?",
            "**문장 인코더**는 문장 하나로 벡터 하나를 만듭니다. 두 벡터의 코사인은 그 모델이 **보기에**"
            " 얼마나 닮았는지입니다. **GPT-2**는 모든 토큰에 **다음에** 올 확률을 줍니다. 하나를 눌러"
            " 보세요.\n\n누가 누구 위에 앉았는지 바꾸거나 “not”을 넣어 보세요. 알아채나요?",
        ),
        notes=Text(
            "The model shows what it was trained for; a folder of the other kind shows the other"
            " picture. MiniLM on the first sentence, measured: 0.92 with ‘A tired dog was sitting"
            " on a chair’, 0.97 with dog and chair swapped, 0.76 with ‘did not sit’. So the swap,"
            " which turns the meaning round, counts for less than other words for the same thing:"
            " a sentence vector is a summary, and word order is easily lost in it.",
            "모델이 학습한 목적에 따라 그림이 달라집니다. 다른 종류의 폴더를 열면 다른 그림이 나옵니다."
            " MiniLM에서 첫 문장과 재어 보면, ‘A tired dog was sitting on a chair’와는 0.92, dog와"
            " chair를 바꾼 문장과는 0.97, ‘did not sit’과는 0.76입니다. 뜻이 뒤집힌 문장이 같은 뜻의 다른"
            " 문장보다 더 닮았다고 나옵니다. 문장 벡터는 요약이라 어순을 잃기 쉽습니다.",
        ),
        covers=("transformer.pretrained",),
        minutes=4,
        knobs={"picture": "use"},
        code=f"{_HERE}.bert:sentence_vector",
        lines={"cosine": "final.mean(dim=1)"},
        slide=Text("One vector, or the next token", "벡터 하나, 또는 다음 토큰"),
    ),
    Step(
        key="size",
        title=Text("How large it is", "얼마나 큰가요"),
        body=Text(
            "Counted from the modules: this model beside **our translator**. Areas are numbers of"
            " parameters.\n\nHow much of it is only the **table of tokens**? And how much is"
            " **attention**, where all the maps come from? The rest is added to each token alone.",
            "모듈에서 직접 센 수입니다. 이 모델 옆에 **우리 번역기**를 놓았습니다. 넓이가 매개변수의"
            " 수입니다.\n\n**토큰 표**만 해도 얼마나 되나요? 모든 지도가 나오는 **어텐션**은 얼마인가요?"
            " 나머지는 토큰 하나하나에 따로 쓰입니다.",
        ),
        notes=Text(
            "MiniLM has 22,565,376 parameters here, 123 times our translator's, and over half of"
            " them are the table of tokens: each of 30,522 tokens has a vector of 384 numbers. The"
            " part of the file that this program does not use, such as a pooling layer, is not"
            " counted. The largest models of 2020 already had thousands of times more.",
            "MiniLM은 여기서 매개변수가 22,565,376개로 우리 번역기의 123배입니다. 그 절반 넘게가 토큰"
            " 표입니다. 토큰 30,522개마다 숫자 384개짜리 벡터가 있기 때문입니다. 풀링 층처럼 이 프로그램이"
            " 쓰지 않는 부분은 세지 않았습니다. 2020년의 가장 큰 모델은 이미 이보다 수천 배 컸습니다.",
        ),
        covers=("transformer.pretrained",),
        minutes=2,
        knobs={"picture": "size"},
        code=f"{_HERE}.weights:parts",
        lines={"parts": "counted[kind] += parameter.numel()"},
        slide=Text("This model beside our translator", "이 모델과 우리 번역기"),
    ),
    Step(
        key="worth",
        title=Text("What a map does not prove", "지도가 증명하지 못하는 것"),
        body=Text(
            "A clear map tempts one to explain. On the left, how **sharply** each head looks. On the"
            " right, that head alone is made to look **evenly**: how much does the outcome change?"
            "\n\nIs the sharpest head the one that is missed most? Try each layer.",
            "뚜렷한 지도를 보면 설명하고 싶어집니다. 왼쪽은 헤드가 얼마나 **뚜렷이** 보는지입니다."
            " 오른쪽은 그 헤드 하나만 **고르게** 보게 했을 때 결과가 바뀐 정도입니다.\n\n가장 뚜렷한 헤드가"
            " 가장 아쉬운 헤드인가요? 층마다 살펴보세요.",
        ),
        notes=Text(
            "A map says where a head looks, not what depends on it: the value vectors decide what"
            " is carried, other heads can carry the same, and what comes in is already mixed from"
            " all tokens by the layers before. Jain and Wallace (Attention is not explanation,"
            " 2019) and Wiegreffe and Pinter (Attention is not not explanation, 2019) argue it from"
            " both sides. To test a claim, intervene, as here, and on many sentences: this is one."
            " In MiniLM on the sentence given, the sharpest head of layer 2 is not the one missed"
            " most.",
            "지도는 헤드가 어디를 보는지 말할 뿐, 무엇이 거기에 달렸는지는 말하지 않습니다. 무엇을"
            " 나르는지는 값 벡터가 정하고, 다른 헤드가 같은 것을 나를 수 있으며, 들어오는 벡터에는 이미"
            " 앞 층에서 모든 토큰이 섞여 있습니다. Jain과 Wallace(2019), Wiegreffe와 Pinter(2019)가 이"
            " 문제로 논쟁했습니다. 주장을 확인하려면 여기처럼 직접 바꾸어 보되, 한 문장이 아니라 여러"
            " 문장에서 해야 합니다. MiniLM은 처음 문장에서 2층의 가장 뚜렷한 헤드와 가장 아쉬운 헤드가"
            " 다릅니다.",
        ),
        covers=("transformer.pretrained", "transformer.multihead"),
        minutes=4,
        knobs={"picture": "worth", "layer": 2},
        code=f"{_HERE}.probe:Weigh.read",
        lines={"moved": "without = reader.net("},
        slide=Text("A sharp look need not matter", "뚜렷이 본다고 중요한 것은 아닙니다"),
    ),
)
