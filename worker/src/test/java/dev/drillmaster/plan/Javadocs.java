package dev.drillmaster.plan;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What our sources say about our records. The published schema describes fields in these words, so
 * that nobody has to write them twice.
 */
final class Javadocs {

  private static final List<Path> SOURCES =
      List.of(Path.of("../workflows/src/main/java"), Path.of("src/main/java"));

  private final Map<Class<?>, DocCommentTree> known = new HashMap<>();

  /** The first sentence about a type. */
  String type(Class<?> type) {
    return words(comment(type).getFirstSentence());
  }

  /** What a record says about a component; empty if nothing. */
  String component(Class<?> record, String name) {
    return comment(record).getBlockTags().stream()
        .filter(ParamTree.class::isInstance)
        .map(ParamTree.class::cast)
        .filter(param -> param.getName().getName().contentEquals(name))
        .map(param -> words(param.getDescription()))
        .findFirst()
        .orElse("");
  }

  private static String words(List<? extends DocTree> parts) {
    return parts.stream()
        .map(Javadocs::words)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String words(DocTree part) {
    if (part instanceof LiteralTree literal) {
      return literal.getBody().getBody();
    }
    if (part instanceof LinkTree link) {
      return link.getLabel().isEmpty()
          ? link.getReference().getSignature()
          : words(link.getLabel());
    }
    return part.toString();
  }

  private DocCommentTree comment(Class<?> type) {
    return known.computeIfAbsent(type, Javadocs::read);
  }

  private static DocCommentTree read(Class<?> type) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjects(source(type)));
      CompilationUnitTree unit = task.parse().iterator().next();
      return Optional.ofNullable(new Finder(type, DocTrees.instance(task)).scan(unit, null))
          .orElseThrow(() -> new IllegalStateException(type + " has no Javadoc"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path source(Class<?> type) {
    String file = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
    return SOURCES.stream()
        .map(root -> root.resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no source of " + type));
  }

  private static final class Finder extends TreePathScanner<@Nullable DocCommentTree, Void> {
    private final String name;
    private final DocTrees docs;

    Finder(Class<?> type, DocTrees docs) {
      this.name = type.getSimpleName();
      this.docs = docs;
    }

    @Override
    public @Nullable DocCommentTree visitClass(ClassTree type, Void nothing) {
      return type.getSimpleName().contentEquals(name)
          ? docs.getDocCommentTree(getCurrentPath())
          : super.visitClass(type, null);
    }

    @Override
    public @Nullable DocCommentTree reduce(
        @Nullable DocCommentTree one, @Nullable DocCommentTree other) {
      return one == null ? other : one;
    }
  }
}
