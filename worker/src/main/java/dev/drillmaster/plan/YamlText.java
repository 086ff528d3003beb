package dev.drillmaster.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2, as editors do, into a tree with places. Made from the parser's events, because
 * its own tree follows aliases before anybody can refuse them, and has one place for duplicate
 * fields: none. Anchors, aliases and tags are refused altogether: a plan needs none, and a reader
 * of a plan should not have to look for what it means elsewhere.
 */
final class YamlText {

  /** A plan is about ten deep; so much is more than any person can read. */
  private static final int DEEPEST = 50;

  private static final Parse PARSE = new Parse(LoadSettings.builder().setLabel("plan").build());
  private static final ScalarResolver KINDS = new CoreScalarResolver(false);
  private static final Map<Tag, Tree.Kind> KIND_OF =
      Map.of(
          Tag.INT, Tree.Kind.WHOLE,
          Tag.FLOAT, Tree.Kind.DECIMAL,
          Tag.BOOL, Tree.Kind.TRUTH,
          Tag.NULL, Tree.Kind.NOTHING);

  private final Iterator<Event> events;
  private final Problems problems;

  private YamlText(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /**
   * The tree, or null if the text is no YAML at all. Either way the problems are told what is wrong
   * with it as YAML.
   */
  static @Nullable Tree read(String text, Problems problems) {
    int unprintable = firstUnprintable(text);
    if (unprintable >= 0) {
      problems.add(
          Place.after(text.substring(0, unprintable)),
          "",
          String.format(
              "the character U+%04X cannot stand in YAML: a %s is plain text",
              text.codePointAt(unprintable), problems.kind()));
      return null;
    }
    try {
      return new YamlText(PARSE.parseString(text).iterator(), problems).document();
    } catch (MarkedYamlEngineException broken) {
      Place at = broken.getProblemMark().map(YamlText::place).orElse(Place.START);
      problems.add(at, "", reason(broken));
      return null;
    }
  }

  /** What YAML takes a text without quotes for. */
  static Tree.Kind kind(String plain) {
    return KIND_OF.getOrDefault(KINDS.resolve(plain, true), Tree.Kind.TEXT);
  }

  private static int firstUnprintable(String text) {
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      if (!StreamReader.isPrintable(text.codePointAt(at))) {
        return at;
      }
    }
    return -1;
  }

  private static String reason(MarkedYamlEngineException broken) {
    String problem = String.valueOf(broken.getProblem());
    if (problem.contains("(TAB)")) {
      return "there is a tab: YAML is indented with blanks";
    }
    String context = broken.getContext() == null ? "" : broken.getContext() + ", ";
    return "this is not YAML: " + context + problem;
  }

  private @Nullable Tree document() {
    events.next(); // The stream begins.
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      problems.add(Place.START, "", "the " + problems.kind() + " is empty");
      return null;
    }
    Tree plan = node(events.next(), "", 0);
    events.next(); // The document ends.
    Event next = events.next();
    if (next.getEventId() != Event.ID.StreamEnd) {
      problems.add(
          place(next),
          "",
          "a second document begins: put each " + problems.kind() + " into its own file");
    }
    return plan;
  }

  private Tree node(Event event, String path, int depth) {
    if (depth > DEEPEST) {
      throw new ParserException("nested deeper than " + DEEPEST, event.getStartMark());
    }
    if (event instanceof AliasEvent) {
      return unknown(
          event, path, "aliases are not allowed in a " + problems.kind() + ": write it out");
    }
    NodeEvent node = (NodeEvent) event;
    if (node.getAnchor().isPresent()) {
      problems.add(
          place(node), path, "anchors are not allowed in a " + problems.kind() + ": leave it out");
    }
    if (node instanceof ScalarEvent scalar) {
      return scalar(scalar, path);
    }
    refuseTag(node, path, ((CollectionStartEvent) node).getTag());
    return node instanceof MappingStartEvent ? fields(node, path, depth) : items(node, path, depth);
  }

  private Tree scalar(ScalarEvent scalar, String path) {
    refuseTag(scalar, path, scalar.getTag());
    Tree.Kind kind = scalar.isPlain() ? kind(scalar.getValue()) : Tree.Kind.TEXT;
    return new Tree.Scalar(place(scalar), kind, scalar.getValue(), null);
  }

  private void refuseTag(NodeEvent node, String path, Optional<String> tag) {
    tag.ifPresent(
        name ->
            problems.add(
                place(node), path, "tags such as " + Wording.quoted(name) + " are not allowed"));
  }

  private Tree items(NodeEvent start, String path, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, Tree.item(path, items.size()), depth + 1));
    }
    return new Tree.Items(place(start), items);
  }

  private Tree fields(NodeEvent start, String path, int depth) {
    Map<String, Tree.Field> fields = new LinkedHashMap<>();
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      Tree named = node(key, path, depth + 1);
      String name = named instanceof Tree.Scalar scalar ? scalar.text() : "?";
      Tree value = node(events.next(), Tree.field(path, name), depth + 1);
      if (!(named instanceof Tree.Scalar)) {
        problems.add(
            named.place(), path, "the name of a field must be a text, but is " + named.described());
        continue;
      }
      Tree.Field first = fields.putIfAbsent(name, new Tree.Field(named.place(), value));
      if (first != null) {
        problems.add(
            named.place(),
            Tree.field(path, name),
            "is there already, in line " + first.place().line() + ": leave one out");
      }
    }
    return new Tree.Fields(place(start), fields);
  }

  private Tree unknown(Event event, String path, String what) {
    problems.add(place(event), path, what);
    return new Tree.Scalar(place(event), Tree.Kind.UNKNOWN, "", null);
  }

  private static Place place(Event event) {
    return event.getStartMark().map(YamlText::place).orElse(Place.START);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
