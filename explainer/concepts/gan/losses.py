"""What the discriminator and the generator each want to make small, as in their papers."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.gan.settings import LossName


def discriminator_loss(
    loss: LossName, real: Tensor, fake: Tensor, smoothing: float = 0.0
) -> Tensor:
    """Return how badly the discriminator tells real from fake, without penalties.

    Parameters
    ----------
    loss : str
        One of `LOSSES`.
    real, fake : Tensor, shape (B,)
        Its logits on real points and on fakes.
    smoothing : float
        How much less than 1 is asked for on real points (one-sided label smoothing); the
        Wasserstein loss has no label to smooth.

    References
    ----------
    non-saturating, minimax: Goodfellow et al., "Generative adversarial nets", 2014.
    least-squares: Mao et al., "Least squares generative adversarial networks", 2017.
    wgan-gp: Gulrajani et al., "Improved training of Wasserstein GANs", 2017.
    smoothing: Salimans et al., "Improved techniques for training GANs", 2016.
    """
    wanted = 1 - smoothing
    if loss == "wgan-gp":
        return fake.mean() - real.mean()
    if loss == "least-squares":
        return 0.5 * ((real - wanted) ** 2).mean() + 0.5 * (fake**2).mean()
    # softplus(-a) = -log D, and softplus(a) = -log(1 - D), where D is the sigmoid of the logit a.
    on_real = F.softplus(-real).mean()
    if smoothing:
        on_real = wanted * on_real + smoothing * F.softplus(real).mean()
    return on_real + F.softplus(fake).mean()


def generator_loss(loss: LossName, fake: Tensor) -> Tensor:
    """Return how badly the generator fools the discriminator. Real points are not in it.

    Parameters
    ----------
    loss : str
        One of `LOSSES`.
    fake : Tensor, shape (B,)
        The discriminator's logits on fakes.
    """
    if loss == "wgan-gp":
        return -fake.mean()
    if loss == "least-squares":
        return 0.5 * ((fake - 1) ** 2).mean()
    if loss == "minimax":
        return -F.softplus(fake).mean()  # log(1 - D)
    return F.softplus(-fake).mean()  # -log D


def slope(logits: Tensor, x: Tensor) -> Tensor:
    """Return the gradient of each logit with respect to its point, shape (B, 2).

    Its own graph is kept, so that a penalty on it can be learned from.
    """
    gradient: Tensor
    (gradient,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    return gradient


def r1_penalty(logits: Tensor, real: Tensor) -> Tensor:
    """Return ½ E |∇D(x)|² on real points; times γ it is added to the discriminator's loss.

    Parameters
    ----------
    logits : Tensor, shape (B,)
        The discriminator's, on the real points.
    real : Tensor, shape (B, 2)
        Must require a gradient.

    References
    ----------
    L. Mescheder, A. Geiger and S. Nowozin, "Which training methods for GANs do actually
    converge?", ICML 2018: R1.
    """
    return 0.5 * slope(logits, real).square().sum(dim=1).mean()


def gradient_penalty(discriminator: nn.Module, real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
    """Return E (|∇D(x̂)| - 1)² at points between real and fake ones.

    Parameters
    ----------
    real, fake : Tensor, shape (B, 2)
    mix : Tensor, shape (B, 1)
        How much of the real point there is in each x̂, 0 to 1.

    References
    ----------
    I. Gulrajani et al., "Improved training of Wasserstein GANs", NIPS 2017.
    """
    between = (mix * real + (1 - mix) * fake).detach().requires_grad_()  # (B, 2)
    steepness = slope(discriminator(between), between).norm(dim=1)  # (B,)
    penalty: Tensor = (steepness - 1).square().mean()
    return penalty
