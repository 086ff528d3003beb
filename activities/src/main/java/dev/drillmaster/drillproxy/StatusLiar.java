package dev.drillmaster.drillproxy;

import dev.drillmaster.proxy.HttpLie;

/** Says another status. The body is the service's, and passes however long it is. */
final class StatusLiar extends Liar {

  private final HttpLie.Status status;
  private long answers;

  StatusLiar(HttpLie lie, HttpLie.Status status) {
    super(lie);
    this.status = status;
  }

  @Override
  Telling answer(Exchange exchange) {
    HttpHead answer = exchange.answer();
    if (!isNextALie() || answer.status() == status.status()) {
      return exchange.truth();
    }
    countTold();
    boolean mustSayNoBody =
        HttpFraming.hasNoBody(answer) && !exchange.request().method().equals("HEAD");
    return Telling.told(
        mustSayNoBody
            ? answer.withStatusAndNoBody(status.status())
            : answer.withStatus(status.status()),
        exchange.out());
  }

  /** Of any hundred in a row exactly so many: chance would make each run another one. */
  private boolean isNextALie() {
    long before = answers * status.percent() / 100;
    answers++;
    return answers * status.percent() / 100 > before;
  }
}
