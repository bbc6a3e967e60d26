"""The shop's books: shoppers with their baskets, orders with their payments."""

import secrets
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from examples.flask_shop.checkouts import Session
from examples.flask_shop.goods import Line, dollars, total_cents
from examples.flask_shop.webhooks import Note

#: A shopper needs this long to type a card, so an older session is not offered again.
TIME_TO_PAY = timedelta(minutes=1)


@dataclass(slots=True, eq=False)
class Shopper:
    """A visitor, known by the session cookie.

    Attributes:
        buying: held while Buy creates an order and its session.
    """

    id: str = field(default_factory=secrets.token_urlsafe)
    email: str = ""
    basket: dict[str, Line] = field(default_factory=dict)
    orders: list["Order"] = field(default_factory=list)
    buying: threading.Lock = field(default_factory=threading.Lock)

    def add(self, line: Line) -> None:
        """Put one more piece into the basket."""
        held = self.basket.get(line.name)
        self.basket[line.name] = replace(line, quantity=held.quantity + 1 if held else 1)

    def remove(self, line: Line) -> None:
        """Take the pieces of a line out of the basket; what was added since stays."""
        held = self.basket.pop(line.name, None)
        if held and held.quantity > line.quantity:
            self.basket[line.name] = replace(held, quantity=held.quantity - line.quantity)


@dataclass(slots=True, eq=False)
class Order:
    """One order.

    Attributes:
        number: random, because other people may try the URLs that contain it.
        status: pending, paid, failed or cancelled.
        sessions: its checkout sessions; Clover cannot close one, so each may still be paid.
        payments: Clover's id and the amount in cents, None if Clover does not tell it.
        mails: subjects of the mails that were sent.
    """

    shopper: Shopper
    lines: tuple[Line, ...]
    email: str
    place: str
    number: str = field(default_factory=lambda: secrets.token_hex(8))
    status: str = "pending"
    sessions: list[Session] = field(default_factory=list)
    payments: list[tuple[str, int | None]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)

    @property
    def total_cents(self) -> int:
        """What the shopper has to pay."""
        return total_cents(self.lines)

    @property
    def age(self) -> timedelta:
        """Time since its newest session was created."""
        return datetime.now(UTC) - self.sessions[-1].created

    def open_session(self, bug: str) -> Session | None:
        """Return the session that the shopper can still pay; a second one could be paid too."""
        if not self.sessions or self.sessions[-1].left or bug == "second-session":
            return None
        session = self.sessions[-1]
        if bug != "expired-link" and datetime.now(UTC) > session.expires - TIME_TO_PAY:
            return None
        return session

    def to_json(self) -> dict[str, object]:
        """Return what staff and tests may see, without the shopper's data."""
        return {
            "number": self.number,
            "status": self.status,
            "total": dollars(self.total_cents),
            "sessions": len(self.sessions),
            "payments": [
                {"id": payment_id, "amount": dollars(cents) if cents is not None else None}
                for payment_id, cents in self.payments
            ],
            "basket": [
                {"name": line.name, "quantity": line.quantity}
                for line in self.shopper.basket.values()
            ],
            "mails": self.mails,
        }


class Books:
    """All shoppers and orders, in memory; a real shop keeps them in a database."""

    def __init__(self, bug: str = "") -> None:
        self._bug = bug
        self._lock = threading.Lock()
        self.shoppers: dict[str, Shopper] = {}
        self.orders: dict[str, Order] = {}
        self.by_session: dict[str, Order] = {}

    def new_shopper(self) -> Shopper:
        """Add a visitor."""
        shopper = Shopper()
        self.shoppers[shopper.id] = shopper
        return shopper

    def newest(self) -> Order:
        """Return the last order; no right shop needs it."""
        return list(self.orders.values())[-1]

    def order_for(self, shopper: Shopper, email: str, place: str) -> Order:
        """Return the shopper's unpaid order of just this basket, or a new order."""
        lines = tuple(shopper.basket.values())
        with self._lock:
            for order in shopper.orders:
                same = (order.lines, order.email, order.place) == (lines, email, place)
                if order.status != "paid" and (same or self._bug == "old-amount"):
                    order.status = "pending"
                    return order
            order = Order(shopper, lines, email, place)
            shopper.orders.append(order)
            self.orders[order.number] = order
        if self._bug == "paid-on-buy":
            order.status = "paid"
        if self._bug == "mail-on-buy":
            order.mails.append("Your order is confirmed")
        return order

    def attach(self, order: Order, session: Session) -> None:
        """Note that a session belongs to an order, before the shopper can pay it."""
        order.sessions.append(session)
        if self._bug == "id-stored-on-return":
            return
        if self._bug == "retry-session-unknown" and len(order.sessions) > 1:
            return
        self.by_session[session.session_id] = order

    def leave(self, order: Order, *, cancelled: bool = False) -> None:
        """Note that the shopper came back without paying; a paid order stays paid."""
        with self._lock:
            order.sessions[-1].left = True
            if cancelled and (order.status == "pending" or self._bug == "cancel-undoes-paid"):
                order.status = "cancelled"

    def record(self, note: Note) -> bool:
        """Record a notification; false if no order has its session."""
        with self._lock:
            order = self.by_session.get(note.session_id)
            if self._bug == "newest-order":
                order = self.newest()
            if self._bug == "same-total":
                order = next(o for o in self.orders.values() if o.total_cents == note.amount_cents)
            if order is None:
                return False
            if self._bug == "expired-first" and order.sessions[-1].expires < datetime.now(UTC):
                order.status = "cancelled"
            elif self._bug == "first-status-wins" and order.status != "pending":
                return True
            elif note.status == "APPROVED":
                self._book(order, note)
            elif order.status == "pending" or self._bug == "late-decline":
                order.status = "failed"
            return True

    def _book(self, order: Order, note: Note) -> None:
        known = any(payment_id == note.payment_id for payment_id, _ in order.payments)
        if known and self._bug != "counted-twice":
            return  # the same notification again
        order.payments.append((note.payment_id, note.amount_cents))
        if note.amount_cents is not None and note.amount_cents < order.total_cents:
            order.mails.append(f"To the staff: {note.payment_id} is too small a payment")
            return
        if order.status == "paid":
            order.mails.append(f"To the staff: refund {note.payment_id}, a second payment")
            return
        order.status = "paid"
        order.mails.append("Your order is confirmed")
        for line in order.lines[-1:] if self._bug == "one-piece-only" else order.lines:
            order.shopper.remove(line)
