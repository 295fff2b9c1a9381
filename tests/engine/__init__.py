"""Tests of the engine. What the trials find wrong is told in full, as in a test."""

import pytest

pytest.register_assert_rewrite("tests.engine.trials")
