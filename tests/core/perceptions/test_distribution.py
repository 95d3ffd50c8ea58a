"""Quantiles against those of scipy, and against tables."""

from __future__ import annotations

import numpy as np
import pytest

from odd17.core.perceptions.distribution import beta_quantile, t_quantile


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_t_against_scipy(confidence: float) -> None:
    special = pytest.importorskip("scipy.special")
    df = np.array([1, 2, 3, 4, 5, 7, 14, 30, 47, 99, 197, 299, 300, 301, 1000, 5e4, 1e7])
    np.testing.assert_allclose(t_quantile(confidence, df), special.stdtrit(df, (1 + confidence) / 2), rtol=1e-10)


def test_t_of_a_table() -> None:
    found = t_quantile(0.95, np.array([[1.0, 10.0], [0.0, np.nan]]))
    assert found[0] == pytest.approx([12.7062047364, 2.2281388520])
    assert np.isnan(found[1]).all()


def test_beta_against_scipy() -> None:
    special = pytest.importorskip("scipy.special")
    random = np.random.default_rng(0)
    a, b = np.exp(random.uniform(-3, 11, 400)), np.exp(random.uniform(0, 11, 400))
    p = random.choice([0.005, 0.025, 0.5, 0.975, 0.995], 400)
    np.testing.assert_allclose(beta_quantile(p, a, b), special.betaincinv(a, b, p), atol=1e-11)


def test_beta_in_closed_form() -> None:
    p = np.array([0.025, 0.975])
    np.testing.assert_allclose(beta_quantile(p, np.ones(2), np.full(2, 50.0)), 1 - (1 - p) ** (1 / 50), rtol=1e-12)
    np.testing.assert_allclose(beta_quantile(p, np.full(2, 7.0), np.ones(2)), p ** (1 / 7), rtol=1e-12)
