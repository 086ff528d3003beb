package dev.drillmaster.injector;

import dev.drillmaster.fault.TbfBandwidth;

/** Limits what leaves by a device. */
final class TbfBandwidthInjector extends QueueInjector<TbfBandwidth> {

  private static final int BITS_OF_KILOBYTE = 8000;
  private static final int BYTES_OF_KILOBYTE = 1000;

  /** Of a second: kernels whose clock ticks a hundred times a second keep up with that. */
  private static final int BURSTS = 50;

  @Override
  public Class<TbfBandwidth> faultClass() {
    return TbfBandwidth.class;
  }

  @Override
  String kind() {
    return "tbf";
  }

  /** The bucket holds two packets at least: what does not fit into it would never leave. */
  @Override
  String parameters(TbfBandwidth fault, int mtu) {
    long rate = fault.kilobytesPerSecond();
    long burst = Math.max(2L * mtu, rate * BYTES_OF_KILOBYTE / BURSTS);
    return "rate %dbit burst %d latency 400ms".formatted(rate * BITS_OF_KILOBYTE, burst);
  }
}
