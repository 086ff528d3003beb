package dev.drillmaster.drill;

/**
 * Where the parts of an experiment stand in its plan, in the order of {@link
 * ExperimentStep#during()}.
 *
 * @param path the place of the experiment
 * @param faults how many it has
 */
record ExperimentPlaces(String path, int faults) {

  String before() {
    return path + ".1";
  }

  /** Of one fault, counted from 0. */
  String fault(int index) {
    return path + "." + (index + 2);
  }

  String watch() {
    return path + "." + (faults + 2);
  }

  /** After the watch, if there is one. */
  String after(boolean watched) {
    return path + "." + (faults + (watched ? 3 : 2));
  }
}
