package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.network.NetworkDevice;
import dev.drillmaster.network.NetworkDevice.Queue;
import dev.drillmaster.network.NetworkNamespace;
import dev.drillmaster.network.OwnConnections;
import dev.drillmaster.network.OwnedQueue;
import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.DeviceTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is a queueing discipline at the root of a network device. The kernel has no deadline
 * for one, so that a watchdog keeps it.
 */
abstract class QueueInjector<F extends Fault> implements Injector<F, QueueUndo> {

  private static final Duration END = Duration.ofSeconds(1);

  /** Its kind, such as {@code tbf}. */
  abstract String kind();

  /**
   * Its parameters, as tc(8) takes them.
   *
   * @param mtu the largest packet of the device, in bytes
   */
  abstract String parameters(F fault, int mtu);

  @Override
  public Class<QueueUndo> undoClass() {
    return QueueUndo.class;
  }

  private static DeviceTarget.Definition require(Target target) {
    if (target instanceof DeviceTarget device) {
      return device.definition();
    }
    throw new RefusedException(
        "target " + target.name() + " is no network device but " + target.description());
  }

  @Override
  public Prepared prepare(F fault, Target target) throws InterruptedException {
    DeviceTarget.Definition definition = require(target);
    try {
      NetworkDevice device = device(definition);
      refuseOwnConnections(definition, device);
      Optional<Queue> foreign = device.foreignQueue();
      if (foreign.isPresent()) {
        throw new RefusedException(
            "device %s has a queueing discipline of somebody's, %s, which could not be put back:"
                    .formatted(device.name(), foreign.get())
                + " take another device");
      }
      OwnedQueue.tryOut(kind(), parameters(fault, device.mtu()));
      return new Prepared(
          "device %s of %s has the queue that the kernel gave it"
              .formatted(device.name(), device.namespace()));
    } catch (IOException unusable) {
      throw new RefusedException("no " + kind() + " here: " + unusable.getMessage());
    }
  }

  private static NetworkDevice device(DeviceTarget.Definition definition)
      throws IOException, InterruptedException {
    return NetworkDevice.named(NetworkNamespace.of(definition.namespace()), definition.device());
  }

  /** An agent that hardly reaches Temporal heals, and the fault would prove nothing. */
  private static void refuseOwnConnections(DeviceTarget.Definition definition, NetworkDevice device)
      throws IOException {
    if (Boolean.TRUE.equals(definition.sharedWithAgent()) || !device.namespace().ours()) {
      return;
    }
    for (OwnConnections.Connection own : OwnConnections.now()) {
      @Nullable NetworkInterface by = NetworkInterface.getByInetAddress(own.local().getAddress());
      if (by != null && by.getName().equals(device.name())) {
        throw new RefusedException(
            "the agent's own connection to %s, such as the one to Temporal, leaves by device %s:"
                    .formatted(own, device.name())
                + " if it may suffer, say \"sharedWithAgent\": true in the target's definition");
      }
    }
  }

  @Override
  public QueueUndo capture(F fault, Target target, InjectionSpec spec) throws IOException {
    try {
      return new QueueUndo(OwnedQueue.of(spec.id(), device(require(target)), kind()), null);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking at " + target.name(), interrupted);
    }
  }

  @Override
  public void inject(F fault, Target target, QueueUndo undo, UndoLog<QueueUndo> log)
      throws IOException, InterruptedException {
    int mtu = undo.queue().where().map(NetworkDevice::mtu).orElse(0);
    try (BoundedCommand adding = undo.queue().adding()) {
      // Known before it may do anything: frozen in the middle, it would do it when all is healed.
      log.write(undo.by(adding.id().orElseThrow(() -> new IOException("tc has ended at once"))));
      undo.queue().add(adding, parameters(fault, mtu));
    }
  }

  @Override
  public Inspection inspect(F fault, Target target, QueueUndo undo)
      throws IOException, InterruptedException {
    Optional<Queue> root = undo.queue().atRoot();
    Inspection.State state =
        root.filter(undo.queue()::is).isPresent()
            ? Inspection.State.PRESENT
            : Inspection.State.ABSENT;
    return new Inspection(
        state,
        root.map(queue -> "packets leave by " + queue).orElse("no such device, or no queue"));
  }

  @Override
  public void heal(F fault, Target target, QueueUndo undo, UndoLog<QueueUndo> log)
      throws IOException, InterruptedException {
    end(undo.adding());
    undo.queue().remove();
  }

  private static void end(@Nullable ProcessId adding) throws IOException, InterruptedException {
    if (adding == null) {
      return;
    }
    ProcessKiller.kill(List.of(adding));
    if (!Poll.until(END, () -> !adding.isRunning())) {
      throw new IOException("process " + adding + ", which adds it, does not end after SIGKILL");
    }
  }

  /** A fence is on a node; whether its packets are slow makes no primary of it. */
  @Override
  public void healFenced(F fault, Target target, QueueUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
