"""Wakes that are sent by a thread of their own: each agreement once, those that come meanwhile together."""

from __future__ import annotations

import threading
from collections.abc import Collection

from lagerbro.sync.runners.wake_sender import AGREEMENTS_MAX, WakeSender

WITHIN_S = 30


class Sent:
    """What was sent; the first may be held up, and one may fail."""

    def __init__(self, *, fails: int = -1) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._fails = fails

    def __call__(self, agreement_ids: Collection[int]) -> None:
        self.batches.append(list(agreement_ids))
        self.begun.set()
        assert self.go_on.wait(WITHIN_S)
        if len(self.batches) - 1 == self._fails:
            raise ConnectionError("the database does not answer")


def test_whoever_comes_while_one_is_sent_goes_together_and_once() -> None:
    sent = Sent()
    sender = WakeSender(sent)
    sender.start()
    sender.wake(7)
    assert sent.begun.wait(WITHIN_S)
    for agreement_id in (9, 7, 9, 8, 7):  # 7 again: it may have been looked at before this
        sender.wake(agreement_id)
    sent.go_on.set()
    sender.stop()
    assert sent.batches == [[7], [7, 8, 9]]


def test_a_batch_that_is_not_sent_keeps_nobody_back() -> None:
    sent = Sent(fails=0)
    sender = WakeSender(sent)
    sender.start()
    sender.wake(1)
    assert sent.begun.wait(WITHIN_S)
    sender.wake(2)
    sent.go_on.set()
    sender.stop()
    assert sent.batches == [[1], [2]]


def test_what_is_left_is_sent_before_the_end_in_bounded_batches() -> None:
    sent = Sent()
    sent.go_on.set()
    sender = WakeSender(sent)
    for agreement_id in range(AGREEMENTS_MAX + 1):
        sender.wake(agreement_id)
    sender.start()
    sender.stop()
    assert sent.batches == [list(range(AGREEMENTS_MAX)), [AGREEMENTS_MAX]]
