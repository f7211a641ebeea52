"""to be written"""

from explainer.lesson import Knob, Step, Text

KNOBS: tuple[Knob, ...] = ()
STEPS: tuple[Step, ...] = (
    Step("open", Text("a", "가"), Text("a", "가"), Text("aaa", "가"), covers=("transformer.attention",)),
)
