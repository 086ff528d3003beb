package dev.drillmaster.prober;

import dev.drillmaster.steadystate.HttpProbe;
import dev.drillmaster.system.SystemDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks by GET and looks at the status. */
final class HttpProber implements Prober<HttpProbe> {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public Class<HttpProbe> probeClass() {
    return HttpProbe.class;
  }

  @Override
  public Answer ask(HttpProbe probe, SystemDefinition system)
      throws CannotAsk, InterruptedException {
    String base = system.endpoints().getOrDefault(probe.endpoint(), probe.endpoint());
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(base + probe.path())).timeout(probe.timeout()).build();
    } catch (IllegalArgumentException wrong) {
      throw new CannotAsk(
          "endpoint \""
              + probe.endpoint()
              + "\" is neither an http URL nor one of "
              + system.endpoints().keySet());
    }
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return new Answer(status == probe.status(), "status " + status);
    } catch (IOException noAnswer) {
      return new Answer(false, noAnswer.toString());
    }
  }
}
