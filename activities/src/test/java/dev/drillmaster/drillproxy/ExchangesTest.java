package dev.drillmaster.drillproxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.proxy.HttpLie;
import dev.drillmaster.proxy.HttpLie.Change;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte for byte, with every answer cut in two at every place. */
@Tag("pure")
final class ExchangesTest {

  private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String HEAD = "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx=ann";

  /** Each ends where its framing says, whatever else is odd about it. */
  static final List<String> ANSWERS =
      List.of(
          PLAIN,
          "HTTP/1.1 200 OK\r\ncontent-LENGTH:5  \r\nX: \r\n\r\nx=ann",
          PLAIN.replace("\r\n", "\n"),
          CHUNKED + "2;ext=1\r\nx=\r\n03\r\nann\r\n0\r\nTrailer: t\r\n\r\n",
          "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nx=ann\r\n0\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n" + PLAIN,
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");

  static final List<HttpLie> LIES =
      List.of(
          HttpLie.status("/", 503, 100),
          HttpLie.body("/", null, new Change("ann", "annabelle", null)),
          HttpLie.body("/", null, new Change("x=ann", "", null)),
          HttpLie.old("/"));

  /** Two sides and what stands between. */
  private static final class Wires {
    final EmbeddedChannel channel = new EmbeddedChannel();
    final StringBuilder up = new StringBuilder();
    final StringBuilder down = new StringBuilder();
    boolean closed;
    @Nullable Liar liar;
    final Exchanges exchanges =
        new Exchanges(() -> liar, intake(up), intake(down), channel.eventLoop());

    private Intake intake(StringBuilder into) {
      return new Intake() {
        @Override
        public void take(ByteBuf bytes) {
          into.append(bytes.toString(ISO_8859_1));
          bytes.release();
        }

        @Override
        public void end() {
          closed = true;
        }
      };
    }

    void request(String text) {
      give(exchanges.requests(), text);
    }

    void answer(String text) {
      give(exchanges.answers(), text);
    }

    private static void give(Intake intake, String text) {
      ByteBuf bytes = Unpooled.copiedBuffer(text, ISO_8859_1);
      intake.take(bytes);
      assertThat(bytes.refCnt()).isZero();
    }

    /** What the client has got since the last call. */
    String heard() {
      String all = down.toString();
      down.setLength(0);
      return all;
    }

    String ask(String answer) {
      request(GET);
      answer(answer);
      return heard();
    }
  }

  private static Wires lying(HttpLie lie) {
    Wires wires = new Wires();
    wires.liar = Liar.of(lie);
    // So that what keeps an answer has one.
    wires.ask("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
    return wires;
  }

  @ParameterizedTest
  @FieldSource("ANSWERS")
  void whereAnAnswerIsCutMakesNoDifference(String answer) {
    for (HttpLie lie : LIES) {
      String whole = lying(lie).ask(answer);
      for (int cut = 1; cut < answer.length(); cut++) {
        Wires wires = lying(lie);
        wires.request(GET);
        wires.answer(answer.substring(0, cut));
        wires.answer(answer.substring(cut));
        assertThat(wires.heard()).isEqualTo(whole);
        assertThat(wires.ask(PLAIN)).isEqualTo(lying(lie).ask(PLAIN));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ANSWERS")
  void whereverALieEndsTheClientHearsOneAnswerAndThenTheTruth(String answer) {
    for (HttpLie lie : LIES) {
      String told = lying(lie).ask(answer);
      for (int cut = 1; cut < answer.length(); cut++) {
        for (boolean noticed : List.of(true, false)) {
          Wires wires = lying(lie);
          wires.request(GET);
          wires.answer(answer.substring(0, cut));
          wires.liar = null;
          if (noticed) {
            wires.exchanges.settle();
          }
          wires.answer(answer.substring(cut));
          assertThat(wires.heard()).isIn(answer, told);
          assertThat(wires.ask(PLAIN)).isEqualTo(PLAIN);
          wires.liar = Liar.of(lie);
          assertThat(wires.ask(PLAIN)).isIn(PLAIN, lying(lie).ask(PLAIN));
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ANSWERS")
  void whatWasKeptBackGoesOutAsSoonAsTheLieIsOver(String answer) {
    for (int cut = 1; cut < answer.length(); cut++) {
      Wires wires = lying(LIES.get(1));
      wires.request(GET);
      wires.answer(answer.substring(0, cut));
      wires.liar = null;
      wires.exchanges.settle();
      assertThat(wires.heard()).isEqualTo(answer.substring(0, cut));
    }
  }

  @ParameterizedTest
  @FieldSource("ANSWERS")
  void anAnswerThatIsNotLiedAboutIsTheServicesByteForByte(String answer) {
    List<HttpLie> elsewhere =
        List.of(
            HttpLie.status("/b", 503, 100),
            HttpLie.body("/", null, new Change("not there", "", null)),
            HttpLie.body("/", new HttpLie.Caller("X", "y"), new Change("ann", "", null)),
            HttpLie.old("/b"));
    for (HttpLie lie : elsewhere) {
      for (int cut = 1; cut < answer.length(); cut++) {
        Wires wires = lying(lie);
        wires.request(GET);
        wires.answer(answer.substring(0, cut));
        wires.answer(answer.substring(cut));
        assertThat(wires.heard()).isEqualTo(answer);
      }
    }
  }

  @Test
  void aLieIsWhatItShouldBe() {
    assertThat(lying(LIES.get(0)).ask(PLAIN)).isEqualTo(PLAIN.replace("200 OK", "503 "));
    assertThat(lying(LIES.get(0)).ask(ANSWERS.get(6)))
        .isEqualTo("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n");
    assertThat(lying(LIES.get(1)).ask(PLAIN))
        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nx=annabelle");
    assertThat(lying(LIES.get(1)).ask(ANSWERS.get(3)))
        .endsWith("\r\n\r\nb\r\nx=annabelle\r\n0\r\nTrailer: t\r\n\r\n");
    assertThat(lying(LIES.get(2)).ask(ANSWERS.get(3)))
        .endsWith("chunked\r\n\r\n0\r\nTrailer: t\r\n\r\n");
    assertThat(lying(LIES.get(3)).ask(ANSWERS.get(3))).endsWith("\r\n\r\nold");
  }

  @Test
  void digitsBecomeOthersAndTheNumberStaysOne() {
    Wires wires = lying(HttpLie.body("/", null, new Change(null, null, "n")));
    String body = "{\"n\": 0, \"n\" :-19.05e7, \"m\":7, \"s\":\"\\\"n\\\":1\", \"n\":9}";
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    assertThat(wires.ask(head + body))
        .isEqualTo(head + "{\"n\": 9, \"n\" :-20.94e7, \"m\":7, \"s\":\"\\\"n\\\":1\", \"n\":1}");
  }

  @Test
  void aBodyThatEndsWithTheConnectionIsChangedWhenItEnds() {
    Wires wires = lying(LIES.get(1));
    wires.request(GET);
    wires.answer("HTTP/1.0 200 OK\r\n\r\nx=a");
    wires.answer("nn");
    assertThat(wires.heard()).isEmpty();
    wires.exchanges.answers().end();
    assertThat(wires.heard()).isEqualTo("HTTP/1.0 200 OK\r\n\r\nx=annabelle");
    assertThat(wires.closed).isTrue();
  }

  @Test
  void anAnswerThatBreaksOffIsPassedOnAsFarAsItCame() {
    Wires wires = lying(LIES.get(1));
    wires.request(GET);
    wires.answer(PLAIN.substring(0, PLAIN.length() - 1));
    wires.exchanges.answers().end();
    assertThat(wires.heard()).isEqualTo(PLAIN.substring(0, PLAIN.length() - 1));
  }

  @Test
  void theAnswerToAHeadHasNoBodyWhateverItSays() {
    Wires wires = lying(LIES.get(1));
    wires.request(HEAD);
    wires.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    assertThat(wires.heard()).endsWith("5\r\n\r\n");
    assertThat(wires.ask(PLAIN)).endsWith("annabelle");
  }

  @Test
  void requestsThatAreSentAheadAreAnsweredInOrderEachByItsOwn() {
    Wires wires = lying(HttpLie.body("/a", null, new Change("ann", "bob", null)));
    String post = "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\n";
    wires.request(GET + post + GET);
    wires.answer(PLAIN + PLAIN + PLAIN);
    String lie = PLAIN.replace("ann", "bob");
    assertThat(wires.heard()).isEqualTo(lie + PLAIN + lie);
    assertThat(wires.up.toString()).endsWith(GET + post + GET);
  }

  @Test
  void ofAConnectionThatExistsTheNextRequestIsTheFirstThatIsLiedTo() {
    Wires wires = new Wires();
    wires.ask(PLAIN);
    wires.request(GET.substring(0, 3));
    wires.liar = Liar.of(LIES.get(1));
    wires.request(GET.substring(3));
    wires.answer(PLAIN);
    assertThat(wires.heard()).isEqualTo(PLAIN);
    wires.request("G");
    wires.request(GET.substring(1));
    wires.answer(PLAIN);
    assertThat(wires.heard()).endsWith("annabelle");
  }

  @Test
  void aClientThatSendsAheadWhenALieBeginsIsNotMixedUp() {
    Wires wires = new Wires();
    wires.request(GET);
    wires.answer(PLAIN.substring(0, 40));
    Liar liar = Liar.of(LIES.get(1));
    wires.liar = liar;
    wires.request(GET);
    wires.answer(PLAIN.substring(40) + PLAIN);
    assertThat(wires.heard()).isEqualTo(PLAIN + PLAIN);
    assertThat(liar.counts().spared()).isEqualTo(1);
    assertThat(wires.ask(PLAIN)).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\10\4\322\26\57|N",
        "\26\3\1\2\0\1|\26\3\3",
        "GET key\r\n|$3\r\nann\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n|\0\0\0\4\0",
        "GET / HTTP/1.1\r\n\r\n|SSH-2.0-ann\r\n",
        "GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n|HTTP/1.1 101 Switching\r\n\r\nann, ann and ann",
        "GET / HTTP/1.1\r\n\r\n|HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 4\r\n\r\nann",
        "GET / HTTP/1.1\r\n\r\n|HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nann",
        "GET / HTTP/1.1\r\n\r\n|HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nann\r\n",
      })
  void whatIsNotHttpOrDoubtfulPassesAsItIs(String both) {
    String question = both.substring(0, both.indexOf('|'));
    String answer = both.substring(both.indexOf('|') + 1);
    for (int cut = 1; cut < answer.length(); cut++) {
      Wires wires = new Wires();
      wires.liar = Liar.of(LIES.get(1));
      wires.request(question);
      wires.answer(answer.substring(0, cut));
      wires.answer(answer.substring(cut));
      wires.request(GET);
      wires.answer("ann");
      assertThat(wires.up.toString()).isEqualTo(question + GET);
      assertThat(wires.heard()).isEqualTo(answer + "ann");
    }
  }

  @Test
  void ifTheEndOfAnAnswerThatIsThrownAwayIsLostTheConnectionIsClosed() {
    Wires wires = lying(LIES.get(3));
    wires.request(GET);
    wires.answer(CHUNKED + "no size\r\n");
    wires.answer("ann");
    assertThat(wires.heard()).endsWith("\r\n\r\nold");
    assertThat(wires.closed).isTrue();
  }

  @Test
  void anAnswerIsNotWaitedForLong() {
    Wires wires = lying(LIES.get(1));
    wires.channel.freezeTime();
    wires.request(GET);
    wires.answer(PLAIN.substring(0, PLAIN.length() - 1));
    wires.channel.advanceTimeBy(HttpLie.PATIENCE_MILLIS - 1, TimeUnit.MILLISECONDS);
    wires.channel.runScheduledPendingTasks();
    assertThat(wires.heard()).isEmpty();
    wires.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    wires.channel.runScheduledPendingTasks();
    wires.answer("n");
    assertThat(wires.heard()).isEqualTo(PLAIN);
    assertThat(wires.ask(PLAIN)).endsWith("annabelle");
  }

  @Test
  void whatIsCompressedOrAPartOfAWholeIsSpared() {
    for (String spared :
        List.of(
            PLAIN.replace("OK\r\n", "OK\r\nContent-Encoding: gzip\r\n"),
            PLAIN.replace("200 OK", "206 Partial Content"))) {
      Wires wires = new Wires();
      Liar liar = Liar.of(LIES.get(1));
      wires.liar = liar;
      assertThat(wires.ask(spared)).isEqualTo(spared);
      assertThat(liar.counts().spared()).isEqualTo(1);
    }
  }
}
