package dev.drillmaster.drillproxy;

/** What passes on a connection is not, or no longer, HTTP/1.1 that can be told apart for sure. */
final class NotHttp extends Exception {
  NotHttp(String why) {
    super(why);
  }
}
