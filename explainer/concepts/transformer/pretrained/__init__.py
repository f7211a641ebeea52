"""The pretrained scene: a BERT or a GPT-2 from a folder, and every one of its attention maps."""
