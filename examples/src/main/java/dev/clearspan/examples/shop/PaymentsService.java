package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.ChargeRequest;
import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.examples.shop.api.Money;
import dev.clearspan.examples.shop.api.Payment;
import dev.clearspan.examples.shop.api.PaymentsBase;
import dev.clearspan.examples.shop.api.Position;
import dev.clearspan.examples.shop.api.RefundRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bank's door. Remembers nothing itself: the ledger knows each entry once. */
final class PaymentsService extends PaymentsBase {
  private static final Logger EVENTS = LoggerFactory.getLogger("shop.payments");

  private final Work bank = new Work(4_000, 20_000);
  private final LedgerClient ledger;

  PaymentsService(LedgerClient ledger) {
    this.ledger = ledger;
  }

  @Override
  protected Payment charge(ChargeRequest request) {
    bank.perform();
    return booked("charge-" + request.getIdempotencyKey(), request.getAmount());
  }

  @Override
  protected Payment refund(RefundRequest request) {
    bank.perform();
    Money negative =
        request.getAmount().toBuilder().setMinorUnits(-request.getAmount().getMinorUnits()).build();
    return booked("refund-" + request.getPaymentId(), negative);
  }

  private Payment booked(String id, Money amount) {
    Entry entry = Entry.newBuilder().setEntryId(id).setAmount(amount).build();
    Position position = Step.of("booking", () -> ledger.append(entry));
    EVENTS.info("{} is entry {} of the ledger", id, position.getPosition());
    return Payment.newBuilder().setPaymentId(id).setLedgerEntry(position.getPosition()).build();
  }
}
