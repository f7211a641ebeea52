"""Every word of the window itself, in both languages."""

from __future__ import annotations

from explainer.lesson import Text

APP = Text("Explainer", "Explainer")

# top bar
SEARCH = Text("Search all steps", "모든 단계 찾기")
LANGUAGE = Text("Switch to Korean", "영어로 바꾸기")
THEME = Text("Appearance", "화면 모양")
THEME_LIGHT = Text("Light", "밝게")
THEME_DARK = Text("Dark", "어둡게")
THEME_PROJECTOR = Text("Projector", "프로젝터")
TEXT_SIZE = Text("Text size {percent} %", "글자 크기 {percent} %")
REDUCE_MOTION = Text("Reduce motion", "움직임 줄이기")
RESET_ALL = Text("Reset all", "모두 처음으로")
KEYS = Text("Keyboard help", "단축키 도움말")
PRESENT = Text("Present", "발표")
PRESENT_LONG = Text("Show the stage full screen (F5)", "무대를 전체 화면으로 보기 (F5)")
DEVICE = Text("Computing on {device}", "계산 장치: {device}")
HOME = Text("First step", "첫 단계로")

# contents
CONTENTS = Text("Contents", "차례")
FOLD = Text("Fold the contents", "차례 접기")
UNFOLD = Text("Show the contents", "차례 펼치기")
STEP_OF_SCENE = Text("{scene}, step {number} of {count}", "{scene}, {count}단계 중 {number}단계")

# right column
STEP = Text("Step {number} / {count}", "단계 {number} / {count}")
LAST_STEP = Text("This was the last step", "마지막 단계입니다")
BACK = Text("Back", "이전")
NEXT = Text("Next", "다음")
CODE = Text("Code", "코드")
CODE_LONG = Text("Show the program's own lines", "이 프로그램의 실제 코드 보기")
CODE_FILE = Text("{file}, from line {line}", "{file}, {line}번째 줄부터")
CONTROLS = Text("Controls", "조절")
CONTROLS_LONG = Text("Show the controls in place of the text", "글 대신 조절을 보이기")
LENS = Text("What you point at", "가리킨 것")
MATCHES = Text("matches", "일치")
DIFFERS = Text("differs", "불일치")

# transport
LESSON = Text("Lesson", "설명")
STILL = Text("nothing moves here", "움직임이 없는 단계")
LESSON_TRACK = Text("Lesson time", "설명 재생 위치")
PLAY = Text("Play the animation (Space)", "움직임 재생 (스페이스)")
PAUSE = Text("Pause the animation (Space)", "움직임 멈춤 (스페이스)")
BEAT_BACK = Text("One moment back", "한 동작 뒤로")
BEAT_ON = Text("One moment on", "한 동작 앞으로")
LESSON_SPEED = Text("Lesson speed", "설명 속도")
FILM = Text("Film", "학습 필름")
FILM_TRACK = Text("Training film", "학습 필름 위치")
STEPS = Text("step {step}", "{step}스텝")
STEPS_OF = Text("{step} / {last}", "{step} / {last}")
TRAIN = Text("Start training", "학습 시작")
TRAIN_ON = Text("Go on training from step {step}", "{step}스텝부터 이어서 학습")
TRAIN_BRANCH = Text(
    "Go on from step {step}; with other settings this starts a branch",
    "{step}스텝부터 이어서 학습, 설정을 바꾸면 새 가지가 시작됩니다",
)
TRAIN_PAUSE = Text("Pause training", "학습 멈춤")
TRAIN_STEP = Text("One training step", "학습 한 스텝")
RESET = Text("Untrain the net", "학습 되돌리기")
RESET_SAME = Text("Back to step 0, same seed", "0스텝으로, 같은 시드")
RESET_NEW = Text("Back to step 0, new seed", "0스텝으로, 새 시드")
FROM_SCRATCH = Text("Train from scratch", "처음부터 학습")
FROM_SCRATCH_LONG = Text(
    "Forget what was learned and train from step 0",
    "배운 것을 지우고 0스텝부터 학습",
)
TRAINING_SPEED = Text("Training speed", "학습 속도")
FLAT_OUT = Text("max", "최대")
PER_SECOND = Text("{rate} / s", "초당 {rate}")
PREPARING = Text("Preparing the model …", "모델을 준비하고 있습니다 …")
ACCURACY = Text("test accuracy {accuracy}", "시험 정확도 {accuracy}")
LOSS = Text("loss {loss}", "손실 {loss}")
REWOUND = Text("rewound · training goes on from here", "되감음 · 여기서부터 이어집니다")
TRAINING_NOW = Text("training · {rate} steps a second", "학습 중 · 초당 {rate}스텝")
FINISHED = Text("learned elsewhere, only looked at here", "이미 배운 모델이라 보기만 합니다")
UNTRAINED = Text("not trained yet", "아직 학습하지 않음")
FRESH = Text("an untrained net", "배우기 전의 신경망")
SHIPPED = Text("a net trained beforehand", "미리 학습한 신경망")
OWN_RUN = Text("Back to your own training", "내 학습으로 돌아가기")
EARLIER_RUN = Text("Back to the earlier training", "앞선 학습으로 돌아가기")

# banner and palette
COPY = Text("Copy details", "자세한 내용 복사")
CLOSE = Text("Close", "닫기")
PROBLEM = Text("Something needs your attention", "확인이 필요합니다")
FIND = Text("Find a step, in either language", "한국어나 영어로 단계 찾기")
NOTHING = Text(
    "No step matches. Try another word.", "맞는 단계가 없습니다. 다른 낱말로 찾아보세요."
)
SEARCH_RESULTS = Text("Search results", "찾은 단계")

# full screen and help
STAGE = Text("Stage", "무대")
IN_WINDOW = Text("In the window", "창에서")
IN_SLIDE = Text("In full screen", "전체 화면에서")
SETTINGS_DAMAGED = Text(
    "The settings file could not be read; it was kept as {name} and the defaults are in force.",
    "설정 파일을 읽지 못해 기본 설정으로 시작했습니다. 원래 파일은 {name}에 남아 있습니다.",
)
SETTINGS_UNWRITABLE = Text(
    "The settings could not be saved to {path}; check that the folder can be written.",
    "설정을 {path}에 저장하지 못했습니다. 폴더에 쓸 수 있는지 확인해 주세요.",
)
REWIND = Text("Back to the last good frame", "마지막으로 좋았던 프레임으로")
START_AGAIN = Text("Start again", "다시 시작")
