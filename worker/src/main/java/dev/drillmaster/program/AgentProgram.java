package dev.drillmaster.program;

import dev.drillmaster.agent.AgentRegistration;
import dev.drillmaster.agent.AgentStart;
import dev.drillmaster.home.Home;
import dev.drillmaster.host.AgentOnHost;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.policy.HostPolicy;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker on the host of targets. It heals what its journal holds open before anything else, then
 * does what runs ask for and its policy allows. It needs a Temporal server, and of ours nothing.
 */
public final class AgentProgram implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentProgram.class);

  /** Another agent of the same name has 3 s to answer; nobody acts for this host meanwhile. */
  private static final Duration UNTIL_REGISTERED = Duration.ofSeconds(15);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Of its newest injections; the ledger takes those that it has lost. */
  private static final int TOLD = 100;

  private final Home home;
  private final HomeLock lock;
  private final LocalHost host;
  private final Consumer<String> progress;
  private final Orchestrator orchestrator;
  private final WorkerFactory factory;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable NotAlone notAlone;

  private AgentProgram(
      Home home,
      HomeLock lock,
      LocalHost host,
      Orchestrator orchestrator,
      WorkerFactory factory,
      Consumer<String> progress) {
    this.home = home;
    this.lock = lock;
    this.host = host;
    this.progress = progress;
    this.orchestrator = orchestrator;
    this.factory = factory;
  }

  /**
   * Heals, waits for the server, registers, and begins to work.
   *
   * @param temporal {@code HOST:PORT}; waited for, however long it is away
   * @param progress is told what is done
   * @throws HomeInUse if another program has the home
   * @throws NotAlone if another agent answers for the host
   * @throws IOException if the home cannot be used, saying what to do
   */
  public static AgentProgram open(
      Home home, HostPolicy policy, String temporal, Consumer<String> progress)
      throws IOException, InterruptedException {
    // Without asking for room: what is open must be healed on a full disk, too.
    home.makeDirectory();
    HomeLock lock = HomeLock.require(home);
    Orchestrator orchestrator = null;
    try {
      LocalHost host = LocalHost.of(home, policy.host(), policy);
      putRight(host, policy, progress);
      orchestrator = connected(temporal, progress);
      Registering registering = new Registering(orchestrator.client(), start(host));
      Optional<AgentRegistration> registered = registering.attempt(UNTIL_REGISTERED);
      registered.ifPresent(AgentProgram::requireAlone);
      AgentProgram program = work(home, lock, host, orchestrator, progress);
      if (registered.isEmpty()) {
        progress.accept("not registered yet: no drillmaster worker answers there; working without");
        program.registerLater(registering);
      }
      return program;
    } catch (InterruptedException | RuntimeException failed) {
      if (orchestrator != null) {
        orchestrator.close();
      }
      lock.close();
      throw failed;
    }
  }

  /** By the definitions of before first: a target may have been taken out of the policy. */
  private static void putRight(LocalHost host, HostPolicy policy, Consumer<String> progress) {
    boolean all = host.healAll(progress);
    try {
      define(host, policy);
    } catch (IOException unwritable) {
      progress.accept("targets cannot be defined, nothing is injected into them: " + unwritable);
    }
    if (!all) {
      host.healAll(progress);
    }
    host.journal().refusal().ifPresent(why -> progress.accept("injects nothing: " + why));
  }

  private static void define(LocalHost host, HostPolicy policy) throws IOException {
    Set<String> needed = new HashSet<>(policy.targets().keySet());
    for (OpenInjection open : host.journal().open()) {
      if (open.spec() != null) {
        needed.add(open.spec().target());
      }
    }
    for (String name : host.targets().names()) {
      if (!needed.contains(name)) {
        host.targets().remove(name);
      }
    }
    for (String name : policy.targets().keySet()) {
      host.targets().define(name, policy.targets().get(name));
    }
  }

  private static Orchestrator connected(String temporal, Consumer<String> progress)
      throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        return Orchestrator.at(temporal);
      } catch (ServerUnreachable away) {
        if (!told) {
          progress.accept("Temporal at " + temporal + " does not answer; trying until it does");
          told = true;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private static AgentStart start(LocalHost host) {
    AgentOnHost agent = new AgentOnHost(host.identity(), host.journal());
    return new AgentStart(agent.look(), agent.accounts(TOLD).injections());
  }

  private static void requireAlone(AgentRegistration registration) {
    if (registration.other() != null) {
      throw new NotAlone(registration.other());
    }
  }

  private static AgentProgram work(
      Home home,
      HomeLock lock,
      LocalHost host,
      Orchestrator orchestrator,
      Consumer<String> progress) {
    WorkerFactory factory = WorkerFactory.newInstance(orchestrator.client());
    HostWorkers.add(factory, host);
    try {
      RunningProgram.self(orchestrator, "").publish(home);
    } catch (IOException unwritable) {
      // Others of this home do not find it; on a full disk healing is worth more.
      LOG.warn("the address cannot be published in {}", home.root(), unwritable);
    }
    factory.start();
    rehearse(host);
    return new AgentProgram(home, lock, host, orchestrator, factory, progress);
  }

  /** Beside everything else: what is asked for meanwhile does not wait for it. */
  private static void rehearse(LocalHost host) {
    Thread thread =
        new Thread(
            () -> {
              try {
                host.injections().rehearse();
              } catch (IOException | RuntimeException failed) {
                LOG.warn("healing could not be rehearsed on this host", failed);
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              }
            },
            "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private void registerLater(Registering registering) {
    Thread thread = new Thread(() -> register(registering), "agent-registration");
    thread.setDaemon(true);
    thread.start();
  }

  private void register(Registering registering) {
    try {
      Optional<AgentRegistration> registered = Optional.empty();
      while (registered.isEmpty() && !closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        registered = registering.attempt(UNTIL_REGISTERED);
      }
      registered.ifPresent(AgentProgram::requireAlone);
      progress.accept("registered");
    } catch (NotAlone found) {
      notAlone = found;
      over.countDown();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until it is closed.
   *
   * @throws NotAlone if it turns out before that another agent answers for the host
   */
  public void awaitEnd() throws InterruptedException {
    over.await();
    if (notAlone != null) {
      throw notAlone;
    }
  }

  /** Ends it; what it holds is healed first. */
  @Override
  @SuppressWarnings("try") // They are closed, not used.
  public void close() throws IOException {
    try (lock;
        orchestrator) {
      closed.countDown();
      LOG.info("ending");
      HostWorkers.end(factory, host, progress);
      RunningProgram.withdraw(home);
    } finally {
      over.countDown();
    }
  }
}
