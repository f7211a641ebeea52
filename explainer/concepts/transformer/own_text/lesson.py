"""What is said of a small GPT that learns a text of one's own."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Step, Text

_OWN = "explainer.concepts.transformer.own_text"
# A beginning that no lesson goes on from, in the language the person reads.
NEVER_SPOKEN = Text("This evening my dog and I", "오늘 저녁에 나는")

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures; see `view.PICTURES`.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "text"),
    # The path of a file, or a key of `corpus.COURSE`.
    Knob("text", "rebuild", Text("Text", "글"), ""),
    Knob("prompt", "probe", Text("Text typed", "쓴 글"), ""),
    # Which held-out passage, or which draw of a continuation.
    Knob("passage", "probe", Text("Passage", "대목 번호"), 0),
    Knob(
        "temperature",
        "probe",
        Text("Temperature", "온도"),
        0.8,
        Choice((0.0, 0.3, 0.6, 0.8, 1.0, 1.5)),
    ),
    Knob("layer", "view", Text("Layer", "층"), 0),
    Knob("head", "view", Text("Head", "헤드"), 0),
    Knob("dropout", "live", Text("Dropout", "드롭아웃"), 0.2, Choice((0.0, 0.1, 0.2, 0.4))),
    Knob(
        "learning_rate",
        "live",
        Text("Learning rate", "학습률"),
        0.005,
        Span(0.0001, 0.1, step=10, log=True),
    ),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)

STEPS: tuple[Step, ...] = (
    Step(
        key="text",
        title=Text("A text to learn from", "배울 글 고르기"),
        body=Text(
            "A GPT learns from nothing but **text**. The net that is here has learned what **this"
            " program's lessons** say.\n\nOr **open a file of your own**, a novel, notes, code: a new"
            " net starts **from nothing**. Every tenth piece is **held out**, never learned from, to"
            " test it later.",
            "GPT는 오로지 **글**에서 배웁니다. 지금 있는 신경망은 **이 프로그램의 강의 글**을"
            " 배웠습니다.\n\n소설, 노트, 코드처럼 **내 파일을 열면** 새 신경망이 **처음부터** 배웁니다."
            " 열 조각마다 하나는 배우지 않고 **따로 두었다가** 시험할 때 씁니다.",
        ),
        notes=Text(
            "A file may be UTF-8, UTF-16 or CP949, from 2 kB to 5 MB; what cannot be read is told in"
            " one sentence and nothing is lost. A new text starts a new net; the run before waits"
            " and can be returned to. Nothing leaves this machine. More text is better: a few"
            " hundred kB of one kind, such as one author, teach more than a page.",
            "파일은 UTF-8, UTF-16, CP949 가운데 하나이고 2 kB에서 5 MB 사이면 됩니다. 읽을 수 없으면 한"
            " 문장으로 알려 주고, 하던 것은 그대로 남습니다. 글을 바꾸면 새 신경망으로 시작하며 앞의"
            " 학습으로 돌아갈 수 있습니다. 글은 이 컴퓨터를 떠나지 않습니다. 한 작가의 글처럼 결이 같은"
            " 글 수백 kB가 한 쪽짜리보다 훨씬 낫습니다.",
        ),
        covers=("transformer.own-text", "transformer.gpt"),
        minutes=2,
        code=f"{_OWN}.reading:_decoded",
        lines={"": 'for codec, said in (("utf-8-sig", "UTF-8"), ("cp949", "CP949")):'},
        slide=Text("A GPT learns from nothing but text", "GPT는 오로지 글에서 배웁니다"),
    ),
    Step(
        key="tokens",
        title=Text("From bytes to tokens", "바이트에서 토큰으로"),
        body=Text(
            "A text is **bytes**: a Latin letter is one, a Korean syllable **three**. **Byte-pair"
            " encoding** merges the commonest pair, again and again: bytes become letters, letters"
            " words.\n\nNothing is unknown to it: what was never merged stays bytes. Type something.",
            "글은 **바이트**입니다. 알파벳 한 글자는 하나, 한글 한 글자는 **셋**입니다. **바이트 쌍"
            " 인코딩**은 가장 흔한 짝을 거듭 합쳐 글자와 낱말을 만듭니다.\n\n모르는 글은 없습니다. 합친"
            " 적이 없으면 바이트로 남습니다. 아무 글이나 써 보세요.",
        ),
        notes=Text(
            "The list below shows what was merged first in this text, in order. In Korean the first"
            " merges join the bytes of one syllable, in English the letters of common words. The"
            " vocabulary is the 256 bytes and 512 merges; GPT-2 has 50,000. No merge crosses a space."
            " The merges are learned from the text alone, without what is held"
            " out.",
            "아래에는 이 글에서 먼저 합친 짝이 차례대로 나옵니다. 한국어에서는 한 글자를 이루는 바이트가,"
            " 영어에서는 흔한 낱말의 알파벳이 먼저 합쳐집니다. 어휘는 바이트 256개와 합친 것"
            " 512개입니다. GPT-2는 5만 번 합쳤습니다. 띄어쓰기를 넘어 합치지는 않습니다. 따로 둔 글은"
            " 빼고, 배우는 글에서만 정합니다.",
        ),
        covers=("transformer.own-text", "transformer.tokens"),
        minutes=3,
        knobs={"picture": "tokens"},
        code=f"{_OWN}.bpe:BytePairs._joined",
        lines={
            "bytes": "parts = [bytes([byte]) for byte in word]",
            "merge": "parts[at : at + 2] = [parts[at] + parts[at + 1]]",
        },
        slide=Text("The commonest pair is merged, again and again", "가장 흔한 짝을 거듭 합칩니다"),
    ),
    Step(
        key="next",
        title=Text("One question: what comes next?", "질문은 하나, 다음은 무엇?"),
        body=Text(
            "From the tokens before a place alone, the net gives **each token a probability**. The"
            " diamond marks what stands there.\n\nWalk along: **inside** a word it is often sure. And"
            " where a word **begins**?",
            "신경망은 앞의 토큰만 보고 **모든 토큰에 확률**을 매깁니다. 마름모는 실제로 있는"
            " 토큰입니다.\n\n차례로 보세요. 낱말 **속**에서는 자신 있을 때가 많습니다. 낱말이 **시작되는"
            " 곳**에서는 어떤가요?",
        ),
        notes=Text(
            "The passage is from the held-out text unless something is typed. Under each token lies"
            " how likely the net thought it. Click a token to stay there. The card gives the"
            " surprise in bits: minus the logarithm of the probability to base 2. Its mean over"
            " all tokens, per byte, is the measure of the next step.",
            "아무것도 쓰지 않으면 따로 둔 글에서 가져옵니다. 토큰 아래의 막대는 신경망이 그 토큰에 준"
            " 확률입니다. 토큰을 누르면 거기 머뭅니다. 카드의 놀라움(비트)은 확률에 밑이 2인 로그를 취해"
            " 부호를 바꾼 값입니다. 이것을 모든 토큰에 대해 더해 바이트 수로 나눈 값이 다음 단계의"
            " 잣대입니다.",
        ),
        covers=("transformer.own-text", "transformer.gpt"),
        minutes=3,
        knobs={"picture": "next"},
        code=f"{_OWN}.model:GPT.read",
        lines={"place": "logits = self.output(self.norm(x))  # (B, T, V)"},
        slide=Text("A probability for every token", "모든 토큰에 매긴 확률"),
    ),
    Step(
        key="learning",
        title=Text("Better than counting?", "세기만 하는 것보다 나을까요?"),
        body=Text(
            "**Bits per byte**: how much each byte still surprises, lower is better. Dashed is what"
            " **counting** tokens or pairs reaches.\n\nSingle tokens are soon beaten; pairs are"
            " **harder**. Press the violet ▶ to train on: how far does it get?",
            "**바이트당 비트**는 바이트마다 남은 놀라움이고 낮을수록 좋습니다. 점선은 토큰이나 짝을"
            " **세기만 해도** 닿는 곳입니다.\n\n하나씩 세기는 금세 앞지르지만 짝 세기는 **만만치"
            " 않습니다**. 보라색 ▶ 단추로 더 배우면 어디까지 갈까요?",
        ),
        notes=Text(
            "Bits per byte does not depend on how the text is cut, so that texts and vocabularies"
            " can be compared. All alike is an even guess over the vocabulary. Counting pairs is a"
            " bigram, smoothed after Witten and Bell. A bigram sees one token back, the net 64; what"
            " it gains from that it must learn from the text, and a short one teaches little.",
            "바이트당 비트는 글을 어떻게 자르든 달라지지 않아서 서로 다른 글과 어휘를 견줄 수 있습니다."
            " ‘모두 똑같이’는 어휘에 고르게 찍는 것입니다. 짝 세기는 위튼과 벨의 방법으로 다듬은"
            " 바이그램입니다. 바이그램은 한 토큰 앞만, 신경망은 64개 앞까지 봅니다. 하지만 멀리 보는 법도"
            " 글에서 배워야 하고, 짧은 글은 가르쳐 주는 것이 적습니다.",
        ),
        covers=("transformer.own-text",),
        minutes=4,
        knobs={"picture": "learning"},
        controls=("learning_rate", "dropout"),
        code=f"{_OWN}.writer:Writer.step",
        lines={"": "loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())"},
        slide=Text("How much does each byte still surprise?", "바이트마다 얼마나 놀라울까요?"),
    ),
    Step(
        key="ladder",
        title=Text("From noise to words", "잡음에서 낱말로"),
        body=Text(
            "The **same seed and start**, at moments of training. First come **tokens in any"
            " order**, then frequent **pieces of words**, then words and stretches that sound **like"
            " the text**.\n\nClick a line to go to that moment; train on, and the ladder grows.",
            "**같은 시드, 같은 시작**으로 학습의 여러 순간에 쓴 글입니다. 처음에는 **토큰이"
            " 뒤죽박죽**이다가, 흔한 **조각**, 이어서 낱말과 **글을 닮은** 토막이 나옵니다.\n\n한 줄을"
            " 누르면 그 순간으로 갑니다. 더 학습하면 사다리가 자랍니다.",
        ),
        notes=Text(
            "Every line is written by the net as it was at a kept frame of the film, here and now,"
            " at temperature 0.7. The sign ∅ marks bytes that make no character: at first the net does not"
            " even know which bytes form a Korean syllable. Grammar over a whole sentence needs"
            " more text, a larger net and more time than a lesson has.",
            "줄마다 필름에 남은 그 순간의 신경망이 지금 온도 0.7로 씁니다. ∅는 글자가 되지 못한"
            " 바이트입니다. 처음에는 어떤 바이트가 모여 한글 한 글자가 되는지조차 모릅니다. 문장 전체의"
            " 문법까지 배우려면 수업 시간보다 긴 학습과 더 많은 글, 더 큰 신경망이 필요합니다.",
        ),
        covers=("transformer.own-text", "transformer.gpt"),
        minutes=4,
        knobs={"picture": "ladder"},
        code=f"{_OWN}.writing:write_on",
        lines={"": "token, probability = next_token(row, temperature, random)"},
        slide=Text("First letters, then words", "먼저 글자, 그다음 낱말"),
    ),
    Step(
        key="continue",
        title=Text("Go on from my words", "내 글을 이어 쓰기"),
        body=Text(
            "Type a beginning. The net **draws** a token, reads it as if it had always stood"
            " there, and draws the next: three times from the same start.\n\n**Temperature** 0"
            " always takes the likeliest: all three agree, and often go round in circles. High"
            " temperatures make it **bold, then wild**.",
            "글의 첫머리를 쓰세요. 신경망은 토큰 하나를 **뽑고**, 그것이 본래 있던 글인 듯 읽고, 다음을"
            " 뽑습니다. 같은 시작에서 세 번 씁니다.\n\n**온도**가 0이면 늘 가장 가능성 높은 토큰을 골라"
            " 셋이 똑같고 제자리를 맴돌기 쉽습니다. 온도가 높으면 **대담해지다가 엉뚱해집니다**.",
        ),
        notes=Text(
            "The stronger a token's tint, the likelier it was; point at one for its probability."
            " The net has 64 places and no more. When they are full it forgets the older half. Draw"
            " again takes other seeds. All large language models write in this very way.",
            "바탕색이 뚜렷할수록 가능성이 높던 토큰입니다. 짚으면 확률이 나옵니다. 신경망의 자리는"
            " 토큰 64개뿐이고, 다 차면 오래된 절반을 잊습니다. 다시 뽑기를 누르면 다른 시드로 씁니다. 거대 언어 모델도 모두 이"
            " 방식으로 씁니다.",
        ),
        covers=("transformer.own-text", "transformer.gpt", "transformer.sampling"),
        minutes=4,
        knobs={"picture": "continue"},
        controls=("temperature",),
        code=f"{_OWN}.writing:next_token",
        lines={"token": "token = min(int(reached.searchsorted("},
        slide=Text("Draw a token, read it, draw the next", "뽑고, 읽고, 또 뽑기"),
    ),
    Step(
        key="attention",
        title=Text("Where it looks back", "어디를 돌아볼까요"),
        body=Text(
            "Each row is a token that looks **back**; what comes later is hidden, so the map is a"
            " **triangle**. Click a row, or another head.\n\nWhich head watches **the token just"
            " before**? At the film's start the pattern was **chance**.",
            "행마다 한 토큰이 **뒤를 돌아봅니다**. 나중 것은 가려져 있어 지도가 **세모꼴**입니다. 행이나"
            " 다른 헤드를 눌러 보세요.\n\n**바로 앞** 토큰을 보는 헤드는 어느 것인가요? 필름 처음의"
            " 무늬는 **우연**이었습니다.",
        ),
        notes=Text(
            "These are the weights of the net on the stage; each row sums to one. A token stands"
            " right of its row and above its column at once. Whether a head has a role that can be"
            " named differs from text to text and seed to seed: look before claiming it. A head"
            " that watches the token before knows what a bigram knows.",
            "무대 위 신경망의 가중치이고 행마다 더하면 1입니다. 토큰 이름은 제 행의 오른쪽이자 제 열의"
            " 위에 있습니다. 헤드에 이름 붙일 만한 구실이 있는지는 글과 시드에 따라 다르니 먼저 보고"
            " 말해야 합니다. 바로 앞을 보는 헤드는 바이그램이 아는 것을 압니다.",
        ),
        covers=("transformer.own-text", "transformer.attention"),
        minutes=3,
        knobs={"picture": "attention"},
        code=f"{_OWN}.model:CausalSelfAttention.forward",
        lines={"weights": "weights = causal.softmax(dim=-1)"},
        slide=Text("Every token looks back, none ahead", "뒤만 돌아보고 앞은 못 봅니다"),
    ),
    Step(
        key="copying",
        title=Text("Learned, or learned by heart?", "배웠을까요, 외웠을까요?"),
        body=Text(
            "Underlined is what stands **word for word** in the text. Compare its longest run with"
            " that of text **nobody copied**: much longer means learned by heart.\n\nSet **dropout** to"
            " 0 and train on. The curve of the learned text falls, that of the held-out text"
            " **rises**: it memorises instead of learning.",
            "밑줄은 글에 **그대로** 있는 부분입니다. 가장 긴 것을 **베끼지 않은 글**과 견줘 보세요. 훨씬"
            " 길면 외운 것입니다.\n\n**드롭아웃**을 0으로 놓고 더 학습하세요. 배우는 글의 곡선은 내려가는데"
            " 따로 둔 글의 곡선은 **올라갑니다**. 배우지 않고 외우는 것입니다.",
        ),
        notes=Text(
            "Text nobody copied: held-out passages as long as the sample, searched in the same way;"
            " any two texts of one kind share phrases. Dropout sets a share of numbers to zero"
            " while learning, so that no single way through the net can hold a sentence. The gap"
            " between the curves is overfitting. Samples may copy little even then: one token drawn"
            " amiss, and the net is off the track it knows by heart. The curves tell it first.",
            "베끼지 않은 글이란 따로 둔 글에서 같은 길이로 가져와 똑같이 찾아본 것입니다. 결이 같은 두"
            " 글은 본래 겹치는 표현이 있습니다. 드롭아웃은 배우는 동안 수의 일부를 0으로 만들어, 신경망의"
            " 어느 한 길이 문장을 통째로 담지 못하게 합니다. 두 곡선의 틈이 과적합입니다. 그래도 쓴 글은"
            " 그다지 베끼지 않을 수 있습니다. 토큰 하나만 어긋나도 외운 길에서 벗어나기 때문입니다."
            " 과적합은 곡선에 먼저 나타납니다.",
        ),
        covers=("transformer.own-text",),
        minutes=4,
        knobs={"picture": "copied"},
        controls=("dropout",),
        code=f"{_OWN}.model:Dropout.__call__",
        lines={"": "kept = torch.empty(x.shape).bernoulli_(1 - self.share"},
        slide=Text("Learning is not copying", "배우는 것과 외우는 것은 다릅니다"),
    ),
    Step(
        key="limits",
        title=Text("How little it knows", "얼마나 모르는지"),
        body=Text(
            "Ask it about something the text **never speaks of**. It does not say that it does not"
            " know: it goes on in the only words it has.\n\nIt knows **which token tends to follow**"
            " which, in this text, and nothing else. Read the numbers below: that is all it had to"
            " learn from.",
            "글에 **없는 이야기**를 물어보세요. 모른다고 하지 않고, 아는 말만으로 이어 갑니다.\n\n아는"
            " 것이라고는 이 글에서 **어떤 토큰 뒤에 무엇이 오기 쉬운지**뿐입니다. 아래 숫자를 보세요. 그것이"
            " 배운 것의 전부입니다.",
        ),
        notes=Text(
            "The smallest GPT-2 has 124 million parameters and read 40 GB of text. What makes large"
            " models useful is the same training at that scale, and more beyond it. That fluent"
            " words come without knowledge is the same here and there: hallucination is not a"
            " fault of a part, it is what the question 'what comes next?' rewards.",
            "가장 작은 GPT-2도 매개변수가 1억 2,400만 개이고 글 40 GB를 읽었습니다. 큰 모델이 쓸모 있는"
            " 것은 같은 학습을 그만한 규모로, 또 그 이상으로 했기 때문입니다. 알지 못해도 술술 말하는 것은"
            " 여기나 거기나 같습니다. 환각은 어느 부품의 고장이 아니라 ‘다음은 무엇?’이라는 질문이 길러 낸"
            " 것입니다.",
        ),
        covers=("transformer.own-text", "transformer.hallucination"),
        minutes=3,
        knobs={"picture": "limits", "prompt": NEVER_SPOKEN.ko},
        controls=("temperature",),
        code=f"{_OWN}.model:GPTConfig",
        lines={"prompt": "context: int = 64"},
        slide=Text("It knows what tends to follow, no more", "무엇이 뒤따르기 쉬운지만 압니다"),
    ),
)
