import torch
import torch.nn.functional as F

from explainer.engine.datasets import digits
from explainer.models.digit_net import LAYERS, DigitNet, trained


def net_and_images():
    random = torch.Generator().manual_seed(0)
    return DigitNet(random), torch.rand(3, 1, 28, 28, generator=random)


def test_the_net_is_small():
    assert sum(p.numel() for p in DigitNet().parameters()) == 53_866


def test_layers_are_the_forward_pass_and_leave_no_hook():
    net, images = net_and_images()
    layers = net.layers(images)
    assert list(layers) == [*LAYERS, "probabilities"]
    assert torch.equal(layers["logits"], net(images))
    assert torch.equal(layers["probabilities"], net(images).softmax(dim=1))
    assert not any(module._forward_hooks for module in net.modules())


def test_each_layer_is_what_its_name_says():
    net, images = net_and_images()
    out = net.layers(images)
    assert torch.equal(out["conv1"], net.conv1(images))
    assert out["conv1"].min() < 0
    for before, after in (("conv1", "relu1"), ("conv2", "relu2")):
        assert torch.equal(out[after], F.relu(out[before]))
    for before, after in (("relu1", "pool1"), ("relu2", "pool2")):
        assert torch.equal(out[after], F.max_pool2d(out[before], 2))
    assert torch.equal(out["hidden"], F.relu(net.hidden(out["pool2"].flatten(1))))
    assert torch.equal(out["logits"], net.output(out["hidden"]))


def test_shapes_are_as_the_shown_source_says():
    net, images = net_and_images()
    shapes = {name: tuple(out.shape[1:]) for name, out in net.layers(images).items()}
    assert shapes == {
        "conv1": (8, 26, 26),
        "relu1": (8, 26, 26),
        "pool1": (8, 13, 13),
        "conv2": (16, 11, 11),
        "relu2": (16, 11, 11),
        "pool2": (16, 5, 5),
        "hidden": (128,),
        "logits": (10,),
        "probabilities": (10,),
    }


def test_the_generator_alone_draws_the_weights():
    first, second = (DigitNet(torch.Generator().manual_seed(5)) for _ in range(2))
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(one, other)


def test_the_shipped_net_reads_digits_it_was_not_trained_on():
    data = digits()
    net = trained()
    right = net(net.batch((data.test_images / 255).astype("float32"))).argmax(dim=1).numpy()
    assert (right == data.test_labels).mean() > 0.985
    assert not any(parameter.requires_grad for parameter in net.parameters())
