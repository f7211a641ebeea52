"""What is said about heads: what they look at, what they should, and what breaks without them."""

from __future__ import annotations

from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.lesson import Step, Text

_FORWARD = "explainer.concepts.transformer.multihead:MultiHeadAttention.forward"

# Cut from its verb, this homonym flips in the shipped model; most others find another way.
CHESTNUTS = "토끼가 밤을 먹고 있었다"

# Nearly every relation in one short sentence.
PEARS = "소녀가 자기 배를 먹고 있었다"

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
            "The grammar knows which token needs which: the **diamonds**. The table counts, over"
            " 500 sentences, how often a head's largest weight falls there, beside"
            " **chance**.\n\nSome relations **no head** follows. In the **cross** map tense and"
            " negation are nearly always found.",
            "어느 토큰에 어느 토큰이 필요한지 문법은 압니다. **마름모**가 그것입니다. 표는"
            " 500문장에서 헤드의 가장 큰 가중치가 거기 놓인 비율이고, 옆은"
            " **우연**입니다.\n\n**어느 헤드도** 따르지 않는 관계가 있습니다. **교차**에서는"
            " 시제와 부정을 거의 늘 찾습니다.",
        ),
        notes=Text(
            "Point at a number: the map turns to that head and relation. Chance is one over the"
            " number of tokens a row can see; in the decoder's own map only those written before."
            " There the true translation is fed in, and a row is called by the token it is about"
            " to write. A low score does not mean the model fails: it may bring the word over"
            " elsewhere. Attention is what was mixed, not an explanation.",
            "표의 수를 짚으면 지도가 그 헤드와 관계로 바뀝니다. 우연은 줄이 볼 수 있는 토큰 수분의"
            " 1이고, 디코더에서는 앞서 쓴 토큰만 셉니다. 디코더와 교차에는 정답 번역을 넣고, 줄"
            " 이름은 그 줄이 이제 쓸 토큰입니다. 점수가 낮아도 모델이 틀리는 것은 아닙니다. 다른"
            " 곳에서 가져올 수도 있습니다. 어텐션은 섞은 비율이지 설명이 아닙니다.",
        ),
        covers=("transformer.relations", "transformer.multihead"),
        minutes=3,
        knobs={"picture": "relations", "sentence": PEARS, "layer": 1, "truth": True},
        controls=("attention", "layer", "head"),
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
            "What does the model **need**? Cut ‘homonym’: 밤 loses its verb, and the"
            " **chestnuts** become the **night**; most sentences find **another way**.\n\nClick"
            " a head of layer 1: one of four is hardly missed. With **one head**, nearly half"
            " the sentences break.",
            "모델에 **꼭 필요한** 것은 무엇일까요? 동음이의어를 끊으면 ‘밤’이 동사를 보지 못해"
            " **먹는 밤**이 **캄캄한 밤**이 됩니다. 다른 문장은 대부분 **다른 길**을"
            " 찾습니다.\n\n1층 헤드를 눌러 끄세요. 넷 중 하나는 티가 거의 나지 않지만,"
            " **하나뿐**이면 절반 가까이 틀립니다.",
        ),
        notes=Text(
            "A cut edge gets the score −∞ in every head; a silenced head passes on zeros; the"
            " weights stay. A relation is cut in all sentences measured over, which all hold it."
            " Try tense: nothing else knows it. Elsewhere cutting 자기 from its owner cost a"
            " one-head net far more than a four-head one; our shipped nets do not show that, and"
            " which way a net finds depends on its training.",
            "끊은 선은 모든 헤드에서 점수가 −∞가 되고, 끈 헤드는 0만 건넵니다. 가중치는 그대로"
            " 둡니다. 관계는 재는 문장마다 끊고, 그 문장들에는 모두 그 관계가 있습니다. 시제를 끊어"
            " 보세요. 다른 데서는 알 길이 없습니다. ‘자기’와 주인을 끊었을 때 헤드 하나짜리가 훨씬"
            " 크게 무너졌다는 측정도 있지만, 여기 실린 모델은 그렇지 않았습니다. 어떤 길을 찾는지는"
            " 학습마다 다릅니다.",
        ),
        covers=("transformer.multihead", "transformer.relations", "transformer.position"),
        minutes=4,
        knobs={
            "picture": "cut",
            "sentence": CHESTNUTS,
            "layer": 1,
            "truth": True,
            "relation": "homonym",
        },
        controls=("relation", "ways", "heads", "positions"),
        training="shipped",
        code=_FORWARD,
        lines={
            "whole": "weights = masked.softmax(dim=-1)",
            "edges": "masked = masked.masked_fill(edges, -math.inf)",
            "said": "output: Tensor = self.w_o(self.merge(heads))",
        },
    ),
)
