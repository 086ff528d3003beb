package dev.drillmaster.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses with a common beginning. Written as an address or as {@code 10.1.2.0/24}; never as a
 * name, which could mean another host tomorrow.
 *
 * @param first the first of them
 * @param prefix the length of the common beginning, in bits
 */
public record Subnet(InetAddress first, int prefix) {

  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  /** One with a colon is never looked up as a name. */
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, saying what would be right
   */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!V4.matcher(address).matches() && !V6.matcher(address).matches()) {
      throw none(text);
    }
    try {
      InetAddress first = InetAddress.getByName(address);
      int bits = first.getAddress().length * Byte.SIZE;
      String prefix = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
      if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
        throw none(text);
      }
      return new Subnet(first, Integer.parseInt(prefix)).requireFirst(text);
    } catch (UnknownHostException noAddress) {
      throw none(text);
    }
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException(
        "\""
            + text
            + "\" must be an address such as 10.1.2.3 or fd00::7, or a network such as"
            + " 10.1.2.0/24; names are not looked up");
  }

  /** So that nobody who writes 10.1.2.3/16 by mistake cuts more than was meant. */
  private Subnet requireFirst(String text) throws UnknownHostException {
    byte[] bytes = first.getAddress();
    for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    Subnet whole = new Subnet(InetAddress.getByAddress(bytes), prefix);
    if (!whole.equals(this)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is an address within a network: write " + whole);
    }
    return this;
  }

  /** Whether it holds addresses of IPv4. */
  public boolean v4() {
    return first instanceof Inet4Address;
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] wanted = address.getAddress();
    byte[] begin = first.getAddress();
    if (wanted.length != begin.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if ((wanted[bit / Byte.SIZE] & mask) != (begin[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** As nft(8) takes it. */
  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
