package dev.drillmaster.injector;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The contract tests that there are, found by looking. */
final class Contracts {

  private Contracts() {}

  static List<InjectorContract<?>> all() throws Exception {
    Path classes =
        Path.of(Contracts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<InjectorContract<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes.resolve("dev/drillmaster"))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (InjectorContract.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())) {
          Constructor<?> constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          found.add((InjectorContract<?>) constructor.newInstance());
        }
      }
    }
    return found;
  }
}
