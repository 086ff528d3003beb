package dev.drillmaster.drillproxy;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlRequest;
import dev.drillmaster.control.ControlServer;
import dev.drillmaster.control.ControlServer.Refused;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.Redirected;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.RuleStatus;
import dev.drillmaster.proxy.Upstream;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drill proxy as a program. */
public final class DrillProxy {

  private static final Logger log = LoggerFactory.getLogger(DrillProxy.class);

  /**
   * What the program is started with.
   *
   * @param directory holds {@link ProxyControl#TOKEN_FILE}, which must exist; the address of the
   *     control port is published there
   * @param controlPort 0 for any free port
   */
  public record Settings(Path directory, int controlPort, List<RouteSettings> routes) {

    /** As program arguments. */
    public List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      arguments.add(directory.toString());
      arguments.add(Integer.toString(controlPort));
      routes.forEach(
          route -> arguments.add(route.name() + "=" + route.listenPort() + "=" + route.upstream()));
      return arguments;
    }

    static Settings parse(String[] arguments) {
      List<RouteSettings> routes = new ArrayList<>();
      for (int i = 2; i < arguments.length; i++) {
        String[] field = arguments[i].split("=", 3);
        routes.add(
            new RouteSettings(field[0], Integer.parseInt(field[1]), Upstream.parse(field[2])));
      }
      return new Settings(Path.of(arguments[0]), Integer.parseInt(arguments[1]), routes);
    }
  }

  /**
   * A route at the start.
   *
   * @param listenPort 0 for any free port
   */
  public record RouteSettings(String name, int listenPort, Upstream upstream) {}

  private final Map<String, Route> routes = new TreeMap<>();

  private DrillProxy(EventLoopGroup loops, List<RouteSettings> settings) {
    for (RouteSettings route : settings) {
      routes.put(
          route.name(), new Route(loops, route.name(), route.listenPort(), route.upstream()));
    }
  }

  private Map<String, List<RouteStatus>> list(ControlRequest request) {
    return Map.of("routes", routes.values().stream().map(Route::status).toList());
  }

  private Route route(ControlRequest request) throws Refused {
    Route route = routes.get(request.name());
    if (route == null) {
      throw new Refused(404, "no route " + request.name() + ", only " + routes.keySet());
    }
    return route;
  }

  private RuleStatus arm(ControlRequest request) throws Refused {
    ProxyControl.Arming wanted = request.as(ProxyControl.Arming.class);
    RuleStatus armed = route(request).rules().arm(wanted.rule(), wanted.leaseMillis());
    log.info("route {}: armed {}", request.name(), armed);
    return armed;
  }

  /** Does something to a rule, whichever route it is on. */
  private ControlServer.Operation rule(String what, BiPredicate<Rules, UUID> action) {
    return request -> {
      UUID id = UUID.fromString(request.name());
      boolean known = false;
      for (Route route : routes.values()) {
        known |= action.test(route.rules(), id);
      }
      log.debug("rule {}: {}, known: {}", id, what, known);
      return new ProxyControl.Known(known);
    };
  }

  private Redirected redirect(ControlRequest request) throws Refused {
    Route route = route(request);
    Upstream upstream = request.as(Upstream.class);
    Redirected redirected = route.redirect(upstream);
    log.info("route {} to {}: {}", request.name(), upstream, redirected);
    return redirected;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments see {@link Settings}
   * @throws IOException if the token cannot be read or the control port is taken
   */
  public static void main(String[] arguments) throws IOException {
    Settings settings = Settings.parse(arguments);
    ControlToken token = ControlToken.read(settings.directory().resolve(ProxyControl.TOKEN_FILE));
    // One thread: the routes of a lab carry little, and one order of events is easier to trust.
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      DrillProxy proxy = new DrillProxy(loops, settings.routes());
      int port =
          new ControlServer(settings.controlPort(), token)
              .on("GET", "/health", request -> Map.of("ok", true))
              .on("GET", "/routes", proxy::list)
              .on("PUT", "/routes/{name}/upstream", proxy::redirect)
              .on("PUT", "/routes/{name}/rules", proxy::arm)
              .on("PUT", "/rules/{name}/in-force", proxy.rule("in force", Rules::begin))
              .on("PUT", "/rules/{name}/renewal", proxy.rule("renewed", Rules::renew))
              .on("PUT", "/rules/{name}/removal", proxy.rule("removed", Rules::remove))
              .start();
      ControlAddress.publish(settings.directory().resolve(ProxyControl.ADDRESS_FILE), port);
      log.info("control port {}, routes {}", port, settings.routes());
    } catch (IOException | RuntimeException failed) {
      // The event loop's thread would keep a proxy alive that serves nothing.
      var unused = loops.shutdownGracefully();
      throw failed;
    }
  }
}
