"""The command line; builds the application and always closes the session."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from explainer.lesson import Problem, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explainer.shell.window import MainWindow

VERBS = ("outline", "train", "export", "bench", "doctor")
_DEVICES = ("auto", "cpu", "cuda", "mps")
_NO_DISPLAY = Text(
    "There is no display to open a window on; start it in a desktop session, or set"
    " QT_QPA_PLATFORM=offscreen to run it unseen.",
    "창을 띄울 디스플레이가 없습니다. 데스크톱 환경에서 실행하거나, 화면 없이 돌리려면"
    " QT_QPA_PLATFORM=offscreen을 설정하세요.",
)
_NO_PLACE = Text(
    "--set needs the scene whose setting it is; put CONCEPT/SCENE before it.",
    "--set에는 어느 장면의 설정인지 필요합니다. 그 앞에 CONCEPT/SCENE을 쓰세요.",
)
_SIZE = Text(
    "'{written}' is no size; write WIDTHxHEIGHT in pixels, from 320x200 to 8192x8192.",
    "'{written}'은 크기가 아닙니다. 320x200부터 8192x8192까지 너비x높이를 픽셀로 쓰세요.",
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="main.py",
        description="See how neural networks work and learn, with live models.",
        epilog="Also: main.py outline | train | export | bench | doctor, each with --help.",
    )
    parser.add_argument("place", nargs="?", metavar="CONCEPT[/SCENE[/STEP]]")
    parser.add_argument("--lang", choices=("ko", "en"))
    parser.add_argument("--theme", choices=("light", "dark", "projector"))
    parser.add_argument("--device", choices=_DEVICES, default="auto")
    parser.add_argument("--present", action="store_true", help="start full screen")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int)
    _add_set(parser)
    return parser


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE")


def _verb_parser(verb: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"main.py {verb}")
    if verb in ("outline", "train", "bench", "doctor"):
        parser.add_argument("--json", action="store_true")
    if verb in ("train", "export"):
        parser.add_argument("--device", choices=_DEVICES, default="auto")
        parser.add_argument("--checkpoint", type=Path, metavar="FILE")
        parser.add_argument("--out", type=Path, metavar="FILE", required=verb == "export")
    if verb in ("train", "export"):
        _add_set(parser)
    if verb == "train":
        parser.add_argument("place", metavar="CONCEPT/SCENE")
        parser.add_argument("--seconds", type=_positive(float))
        parser.add_argument("--steps", type=_positive(int))
        parser.add_argument("--seed", type=int)
        parser.add_argument(
            "--frames", type=_positive(int), help="of the film written to --out, at most"
        )
    if verb == "export":
        parser.add_argument("place", metavar="CONCEPT[/SCENE[/STEP]]")
        parser.add_argument("--size", default="1920x1080", metavar="WxH")
        parser.add_argument(
            "--time", type=_from_zero(float), help="lesson seconds; the end without it"
        )
        parser.add_argument("--frame", type=_from_zero(int), help="a training step of the film")
        parser.add_argument("--lang", choices=("ko", "en"), default="en")
        parser.add_argument("--theme", choices=("light", "dark", "projector"), default="light")
        parser.add_argument(
            "--window", action="store_true", help="the whole window instead of the slide"
        )
    if verb == "bench":
        parser.add_argument("names", nargs="*", metavar="NAME")
    return parser


def _positive(kind: type) -> Any:
    def parse(written: str) -> Any:
        value = kind(written)
        if not 0 < value < float("inf"):
            raise ValueError(written)
        return value

    parse.__name__ = f"positive {kind.__name__}"
    return parse


def _from_zero(kind: type) -> Any:
    def parse(written: str) -> Any:
        value = kind(written)
        if not 0 <= value < float("inf"):
            raise ValueError(written)
        return value

    parse.__name__ = f"{kind.__name__} from 0"
    return parse


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit status.

    Parameters
    ----------
    argv : list of str, optional
        As `sys.argv`, program name first.
    """
    arguments = (sys.argv if argv is None else argv)[1:]
    try:
        if arguments and arguments[0] in VERBS:
            _do(arguments[0], arguments[1:])
            return 0
        return _open(["main.py", *arguments])
    except Problem as problem:
        print(problem.text.said(_tongue()), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _tongue() -> Any:
    return "ko" if os.environ.get("LANG", "").startswith("ko") else "en"


def _do(verb: str, arguments: list[str]) -> None:
    given = _verb_parser(verb).parse_args(arguments)
    if verb == "outline":
        from explainer.commands import outline

        outline.run(given.json)
    elif verb == "doctor":
        from explainer.commands import doctor

        doctor.run(given.json)
    elif verb == "train":
        from explainer.commands import train

        result = train.train(
            given.place,
            seconds=given.seconds,
            steps=given.steps,
            written=tuple(given.set),
            device=given.device,
            seed=given.seed,
            start=given.checkpoint,
            out=given.out,
            frames=given.frames or train.FRAMES,
        )
        train.report(result, given.json)
    elif verb == "bench":
        from explainer.commands import bench

        bench.run(given.names, given.json)
    else:
        from explainer.commands import export

        export.run(given, _size(given.size))


def _size(written: str) -> tuple[int, int]:
    wide, _, high = written.lower().partition("x")
    # isdecimal alone takes digits of other scripts, and int refuses numbers of 4,300 digits.
    if all(side.isascii() and side.isdecimal() and len(side) < 6 for side in (wide, high)):
        size = int(wide), int(high)
        if 320 <= size[0] <= 8192 and 200 <= size[1] <= 8192:
            return size
    raise Problem(_SIZE.filled(written=written))


def create(argv: list[str]) -> tuple[QApplication, MainWindow]:
    """Build the application and its window without entering the event loop.

    Parameters
    ----------
    argv : list of str
        As `sys.argv`, program name first.

    Raises
    ------
    Problem
        If there is no display, or a place, checkpoint or asset is not there.
    """
    given = _parser().parse_args(argv[1:])
    from explainer.commands.settings import ALL, check_seed, settings
    from explainer.concepts.place import find

    chosen = {}
    if given.place is not None:
        concept, scene, _ = find(given.place)
        chosen = settings(scene or concept.scenes[0], given.set, ALL)
    elif given.set:
        raise Problem(_NO_PLACE)
    check_seed(given.seed)
    _require_display()
    from explainer.shell.start import start

    return start(given, chosen=chosen)


def _require_display() -> None:
    """Refuse where Qt would abort the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if display.startswith(":"):
        number = display[1:].split(".")[0]
        if Path(f"/tmp/.X11-unix/X{number}").exists():
            return
    elif display:
        return
    raise Problem(_NO_DISPLAY)


def _open(argv: list[str]) -> int:
    application, window = create(argv)
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        # Seen at the next beat of the window's timer, which runs Python.
        signal.signal(signal_number, lambda *_: application.quit())
    try:
        return application.exec()
    finally:
        # A torch thread alive at interpreter exit aborts or hangs.
        window.session.close()
