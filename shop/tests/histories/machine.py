"""Lives of orders as Hypothesis invents them: people, phones and the network in any order."""

from django.db import transaction

from shop.core.clock import fixed
from shop.flows import tasks as flow_tasks
from shop.payments import tasks as payment_tasks
from shop.tests.histories import checks
from shop.tests.histories.desk import MoneyDesk
from shop.tests.histories.outside import MONEY


class OrderHistories(MoneyDesk):
    """All that happens to a few orders, until all news has come."""

    def teardown(self) -> None:
        try:
            self.all_news_comes()
        finally:
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)

    def all_news_comes(self) -> None:
        """Let every phone and every network come to its end, then look once more."""
        for minutes in (0, 1, 3, 30, 120, 600, 600):
            for prompt in self.ringing():
                prompt.code, prompt.waiting = 1037, 1
            self.time_passes(minutes)
            with self.here():
                while not self.outside.told_all():
                    self.outside.tell(0)
                self.work()
                payment_tasks.sweep()
                flow_tasks.sweep_prompts_and_events()
                self.work()
            for reversal in self.undecided():
                reversal.code, reversal.waiting = MONEY, 1
            self.staff_looks_after_refunds()
        self.staff_brings_a_statement(bank=False, strays=True)
        self.staff_brings_a_statement(bank=True, strays=True)
        with self.here():
            self.work()
        self.everything_adds_up()
        with fixed(self.moment):
            checks.money_is_not_dreamt(self.outside, complete=True)
            checks.nothing_is_left_open()
            checks.the_desk_shows_all()
