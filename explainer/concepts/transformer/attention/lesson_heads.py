"""What is said about heads: what they look at, what they should, and what breaks without them."""

from __future__ import annotations

from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Step, Text

_FORWARD = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"

# Cut from its verb, this homonym flips in the shipped model; most others find another way.
CHESTNUTS = "토끼가 밤을 먹고 있었다"

STEPS: tuple[Step, ...] = (
    Step(
        key="heads",
        title=Text("Several heads, several views", "여러 헤드, 여러 시선"),
        body=Text(
            "Every layer has several **heads**, each with its own queries, keys and values. The"
            " small maps are all of them; click one.\n\nThe arcs show one row of it: the"
            " **thicker**,"
            " the larger the weight. Point at another token.",
            "층마다 **헤드**가 여럿이고, 저마다 쿼리와 키와 값이 따로 있습니다. 작은 지도가 그"
            " 전부이니"
            " 하나를 눌러 보세요.\n\n호는 그 지도의 한 줄입니다. **굵을수록** 가중치가 큽니다."
            " 다른 토큰도"
            " 짚어 보세요.",
        ),
        notes=Text(
            "Let the class name what a head seems to do before the next step measures it."
            " Many heads look nowhere in particular, and the end token often gets what nobody"
            " needs. Everything is drawn from the trained model as it stands; train it on, or go"
            " back in"
            " its film, and the maps change.",
            "다음 단계에서 재기 전에, 어떤 헤드가 무엇을 하는 것 같은지 먼저 말해 보게 하세요."
            " 특별한 곳을"
            " 보지 않는 헤드도 많습니다. 모두 지금 모델에서 읽은 것이라, 더 학습하거나 필름을"
            " 되돌리면 지도가 바뀝니다.",
        ),
        covers=("transformer.multihead", "transformer.attention"),
        minutes=3,
        knobs={"picture": "heads", "sentence": EXAMPLES[1], "layer": 1},
        controls=("layer", "head", "truth"),
        training="shipped",
        code=_FORWARD,
        lines={
            "weights": "weights = masked.softmax(dim=-1)",
            "split": "q = self.split(self.w_q(x))",
            "arcs": "heads = weights @ v",
        },
    ),
    Step(
        key="relations",
        title=Text("Does it look where it should?", "봐야 할 곳을 볼까"),
        body=Text(
            "The grammar knows which token needs which: the **diamonds**. Over 500 sentences the"
            " table counts how often a head's largest weight falls there.\n\nCompare with"
            " **chance**."
            " Some heads are far above it, some relations **no head** follows.",
            "어느 토큰에 어느 토큰이 필요한지 문법은 압니다. **마름모**가 그것입니다. 표는"
            " 500문장에서"
            " 헤드의 가장 큰 가중치가 거기 놓인 비율입니다.\n\n**우연**과 견주세요. 훨씬 높은"
            " 헤드도 있고,"
            " **어느 헤드도** 따르지 않는 관계도 있습니다.",
        ),
        notes=Text(
            "Chance is one over the number of tokens a row can see. A filled diamond means the"
            " row's"
            " largest weight is there. A low score does not mean the model fails: it may"
            " bring the word over in another layer, or the decoder may look it up. Attention is"
            " what was mixed, not an explanation.",
            "우연은 줄이 볼 수 있는 토큰 수분의 1입니다. 속이 찬 마름모는 그 줄의 가장 큰"
            " 가중치가 거기"
            " 있다는 뜻입니다. 점수가 낮아도 모델이 틀리는 것은 아닙니다. 다른 층에서 가져오거나"
            " 디코더가"
            " 찾아볼 수도 있습니다. 어텐션은 섞은 비율이지 설명이 아닙니다.",
        ),
        covers=("transformer.relations", "transformer.multihead"),
        minutes=3,
        knobs={"picture": "relations", "sentence": EXAMPLES[1], "layer": 1, "truth": True},
        controls=("layer", "head"),
        training="shipped",
        code="explainer.concepts.transformer.measuring:score_sentences",
        lines={
            "weights": "weights = trace.attention[place].weights.cpu().numpy()",
            "hit": "hit = shares.argmax(axis=2) == keys[:, None]",
            "chance": "np.add.at(chance[place], relations, 1 / seen)",
        },
    ),
    Step(
        key="cut",
        title=Text("Cut the wire", "선을 끊어 보기"),
        body=Text(
            "What does the model **need**? Cut an edge, a relation, a head or the positions;"
            " translation and measured share answer.\n\nCut ‘homonym’: 밤 no longer sees the verb,"
            " and the **chestnuts** become the **night**. Other sentences stay right: information"
            " finds **another way**.",
            "모델에 **꼭 필요한** 것은 무엇일까요? 선, 관계, 헤드, 위치를 끊어 보세요. 번역과 맞은"
            " 비율이 바뀝니다.\n\n동음이의어를 끊으면 ‘밤’이 동사를 보지 못해 **먹는 밤**이"
            " **캄캄한 밤**이 됩니다. 그래도 맞는 문장이 많습니다. 정보는 **다른 길**을 찾습니다.",
        ),
        notes=Text(
            "A cut edge gets the score −∞ in every head of the encoder; a silenced head"
            " passes on zeros. The weights stay as they are. A clicked edge that the grammar"
            " knows is"
            " cut as a relation in the sentences measured over, which all hold it. Silence one"
            " head after another: few are missed alone, many together.",
            "끊은 선은 인코더의 모든 헤드에서 점수가 −∞가 되고, 끈 헤드는 0만 건넵니다. 가중치는"
            " 그대로"
            " 둡니다. 문법이 아는 선을 누르면, 그 관계가 있는 문장들에서도 같은 관계를 끊고"
            " 잽니다. 헤드를"
            " 하나씩 꺼 보세요. 하나만 끄면 거의 티가 나지 않지만 여럿은 다릅니다.",
        ),
        covers=("transformer.multihead", "transformer.relations", "transformer.position"),
        minutes=4,
        knobs={"picture": "cut", "sentence": CHESTNUTS, "layer": 1, "truth": True},
        controls=("relation", "ways", "positions", "layer", "head"),
        training="shipped",
        code=_FORWARD,
        lines={
            "edges": "masked = masked.masked_fill(edges, -math.inf)",
            "heads": "heads = heads * cut.heads[self.place].view(-1, 1, 1)",
            "said": "output: Tensor = self.w_o(self.merge(heads))",
        },
    ),
)
