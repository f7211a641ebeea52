"""What can be wrong with a folder, in one sentence each."""

from __future__ import annotations

from explainer.lesson import Problem, Text

_CHOOSE_EN = "choose a folder with config.json, model.safetensors and tokenizer.json or vocab.txt"
_CHOOSE_KO = "config.json, model.safetensors와 tokenizer.json 또는 vocab.txt가 있는 폴더를 고르세요"

NO_FOLDER = Text(
    f"The folder {{folder}} does not exist; {_CHOOSE_EN}.",
    f"{{folder}} 폴더가 없습니다. {_CHOOSE_KO}.",
)
NO_CONFIG = Text(
    f"{{folder}} is no model folder, since it has no config.json; {_CHOOSE_EN}.",
    f"{{folder}}에는 config.json이 없어 모델 폴더가 아닙니다. {_CHOOSE_KO}.",
)
NO_WEIGHTS = Text(
    "The folder {folder} has no model.safetensors; download that file into it.",
    "{folder} 폴더에 model.safetensors가 없습니다. 이 파일을 받아 폴더에 넣으세요.",
)
PICKLED = Text(
    "{folder} has its weights only in {file}, a format that can run foreign code and is never"
    " opened here; convert it to model.safetensors.",
    "{folder}에는 가중치가 {file}로만 있습니다. 남의 코드를 실행할 수 있는 형식이라 열지 않습니다."
    " model.safetensors로 변환하세요.",
)
IN_PARTS = Text(
    "{folder} has its weights in several parts; save them as one model.safetensors.",
    "{folder}의 가중치가 여러 파일로 나뉘어 있습니다. model.safetensors 하나로 저장하세요.",
)
NO_TOKENISER = Text(
    "The folder {folder} has no tokeniser; add tokenizer.json, or {others}.",
    "{folder} 폴더에 토크나이저가 없습니다. tokenizer.json이나 {others} 파일을 넣으세요.",
)
NO_LIBRARY = Text(
    "The library tokenizers is missing; install it with 'pip install tokenizers'.",
    "tokenizers 라이브러리가 없습니다. 'pip install tokenizers'로 설치하세요.",
)
DAMAGED = Text(
    "{file} is damaged or was not copied whole ({why}); copy or download it again.",
    "{file} 파일이 손상되었거나 끝까지 복사되지 않았습니다({why}). 다시 복사하거나 받으세요.",
)
UNREADABLE = Text(
    "{file} cannot be read ({why}); check its permissions.",
    "{file} 파일을 읽을 수 없습니다({why}). 접근 권한을 확인하세요.",
)
UNKNOWN_KIND = Text(
    "The model in {folder} is of the kind {kind}, and only bert and gpt2 can be opened; choose a"
    " folder with one of these.",
    "{folder}의 모델은 {kind} 종류인데, bert와 gpt2만 열 수 있습니다. 그런 모델의 폴더를 고르세요.",
)
UNSUPPORTED = Text(
    "The model in {folder} asks for {key} = {value}, which is not built here; choose a plain"
    " BERT or GPT-2.",
    "{folder}의 모델은 {key} = {value}을(를) 쓰는데 여기에는 없는 기능입니다. 기본 BERT나 GPT-2를"
    " 고르세요.",
)
BAD_CONFIG = Text(
    "config.json in {folder} makes no sense ({why}); download it again.",
    "{folder}의 config.json이 이치에 맞지 않습니다({why}). 다시 받으세요.",
)
MISFIT = Text(
    "model.safetensors in {folder} does not fit its config.json ({why}); download both from the"
    " same place.",
    "{folder}의 model.safetensors가 config.json과 맞지 않습니다({why}). 둘을 같은 곳에서 받으세요.",
)
TOO_LARGE = Text(
    "The model in {folder} has {count} parameters, and up to {most} can be opened; choose a"
    " smaller one.",
    "{folder}의 모델은 매개변수가 {count}개인데 {most}개까지 열 수 있습니다."
    " 더 작은 모델을 고르세요.",
)
FOREIGN_TOKENS = Text(
    "The tokeniser in {folder} has {tokens} tokens, and the model knows {known}; take both from"
    " the same place.",
    "{folder}의 토크나이저에는 토큰이 {tokens}개인데 모델이 아는 것은 {known}개입니다. 둘을 같은"
    " 곳에서 받으세요.",
)
NO_TRAINING = Text(
    "This model has learned already and is only looked at here; train in another scene.",
    "이 모델은 이미 학습을 마쳤고 여기서는 들여다보기만 합니다. 학습은 다른 장면에서 하세요.",
)
FOREIGN_STATE = Text(
    "Nothing is learned here, so there is no film to open; choose a folder on the stage.",
    "여기서는 배우는 것이 없어 열 필름도 없습니다. 화면에서 폴더를 고르세요.",
)


def problem(text: Text, error: BaseException | None = None, **values: object) -> Problem:
    """Return what to say; with an error, what it says goes in as {why}."""
    if error is not None:
        values["why"] = brief(error)
    return Problem(text.filled(**{key: _plain(value) for key, value in values.items()}))


def brief(error: BaseException) -> str:
    """Return the first line of what an error says."""
    lines = str(error).splitlines() or [""]
    return lines[0][:120] or type(error).__name__


def _plain(value: object) -> str:
    """Return a value without braces, which a text would take for placeholders."""
    return str(value).replace("{", "(").replace("}", ")")
