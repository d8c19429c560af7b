package io.tracegram.runtime.epcis;

import io.tracegram.runtime.epcis.identifier.Gs1Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Query parameters that ask for values: which field each asks, and the value in normal form.
 * Stateless.
 */
final class TermParameters {
  private static final Pattern TYPED =
      Pattern.compile("EQ_(bizTransaction|source|destination)_(.+)");
  private static final Map<String, List<Field>> IDENTIFIERS =
      Map.ofEntries(
          Map.entry("MATCH_epc", List.of(Field.EPC)),
          Map.entry("MATCH_parentID", List.of(Field.PARENT_ID)),
          Map.entry("MATCH_inputEPC", List.of(Field.INPUT_EPC)),
          Map.entry("MATCH_outputEPC", List.of(Field.OUTPUT_EPC)),
          Map.entry(
              "MATCH_anyEPC",
              List.of(Field.EPC, Field.PARENT_ID, Field.INPUT_EPC, Field.OUTPUT_EPC)),
          Map.entry("MATCH_epcClass", List.of(Field.EPC_CLASS)),
          Map.entry("MATCH_inputEPCClass", List.of(Field.INPUT_CLASS)),
          Map.entry("MATCH_outputEPCClass", List.of(Field.OUTPUT_CLASS)),
          Map.entry(
              "MATCH_anyEPCClass", List.of(Field.EPC_CLASS, Field.INPUT_CLASS, Field.OUTPUT_CLASS)),
          Map.entry("EQ_readPoint", List.of(Field.READ_POINT)),
          Map.entry("EQ_bizLocation", List.of(Field.BIZ_LOCATION)),
          Map.entry("EQ_transformationID", List.of(Field.TRANSFORMATION_ID)));
  private static final Map<String, Word> WORDS =
      Map.ofEntries(
          Map.entry("EQ_bizStep", new Word(Field.BIZ_STEP, Vocabulary.BUSINESS_STEP)),
          Map.entry("EQ_disposition", new Word(Field.DISPOSITION, Vocabulary.DISPOSITION)),
          Map.entry(
              "EQ_persistentDisposition_set",
              new Word(Field.PERSISTENT_SET, Vocabulary.DISPOSITION)),
          Map.entry(
              "EQ_persistentDisposition_unset",
              new Word(Field.PERSISTENT_UNSET, Vocabulary.DISPOSITION)),
          Map.entry("EQ_errorReason", new Word(Field.ERROR_REASON, Vocabulary.ERROR_REASON)),
          Map.entry("EQ_type", new Word(Field.SENSOR_TYPE, Vocabulary.MEASUREMENT)));
  private static final Map<String, Field> VERBATIM =
      Map.ofEntries(
          Map.entry("eventType", Field.TYPE),
          Map.entry("EQ_eventID", Field.EVENT_ID),
          Map.entry("EQ_correctiveEventID", Field.CORRECTIVE_EVENT_ID),
          Map.entry("EQ_deviceID", Field.DEVICE_ID),
          Map.entry("EQ_dataProcessingMethod", Field.DATA_PROCESSING_METHOD),
          Map.entry("EQ_microorganism", Field.MICROORGANISM),
          Map.entry("EQ_chemicalSubstance", Field.CHEMICAL_SUBSTANCE),
          Map.entry("EQ_bizRules", Field.BIZ_RULES),
          Map.entry("EQ_stringValue", Field.STRING_VALUE),
          Map.entry("EQ_hexBinaryValue", Field.HEX_BINARY_VALUE),
          Map.entry("EQ_uriValue", Field.URI_VALUE));
  private static final Map<String, Field> EXISTING =
      Map.of(
          "EXISTS_errorDeclaration", Field.ERROR_DECLARATION,
          "EXISTS_sensorElementList", Field.SENSOR_ELEMENT);
  private static final List<String> ACTIONS = List.of("OBSERVE", "ADD", "DELETE");
  private static final List<String> BOOLEANS = List.of("true", "false");

  /** A field whose standard values are terms of a vocabulary. */
  private record Word(Field field, Vocabulary vocabulary) {}

  private TermParameters() {}

  /** Returns the terms of which an event must have one. */
  static List<Term> terms(String name, String value) {
    List<Field> identifiers = IDENTIFIERS.get(name);
    if (identifiers != null) {
      String normal = identifier(name, value);
      List<Term> terms = new ArrayList<>();
      identifiers.forEach(field -> terms.add(new Term(field, normal)));
      return terms;
    }
    Word word = WORDS.get(name);
    if (word != null) {
      return List.of(new Term(word.field, term(word.vocabulary, value)));
    }
    Field verbatim = VERBATIM.get(name);
    if (verbatim != null) {
      return List.of(new Term(verbatim, value));
    }
    Field existing = EXISTING.get(name);
    if (existing != null) {
      if (value.equals("false") || value.equals("0")) {
        throw EventQueryReader.refused(name + " asks for events that have it; give it no value");
      }
      return List.of(new Term(existing, ""));
    }
    return others(name, value);
  }

  private static List<Term> others(String name, String value) {
    switch (name) {
      case "EQ_action" -> {
        return List.of(new Term(Field.ACTION, oneOf(name, value, ACTIONS)));
      }
      case "EQ_booleanValue" -> {
        return List.of(new Term(Field.BOOLEAN_VALUE, oneOf(name, value, BOOLEANS)));
      }
      default -> {
        Matcher typed = TYPED.matcher(name);
        if (typed.matches()) {
          Field field =
              switch (typed.group(1)) {
                case "source" -> Field.SOURCE;
                case "destination" -> Field.DESTINATION;
                default -> Field.BIZ_TRANSACTION;
              };
          Vocabulary types =
              field == Field.BIZ_TRANSACTION
                  ? Vocabulary.BUSINESS_TRANSACTION
                  : Vocabulary.SOURCE_OR_DESTINATION;
          return List.of(
              new Term(
                  field, EventTerms.typed(term(types, typed.group(2)), identifier(name, value))));
        }
        throw EventQueryReader.refused(unknown(name));
      }
    }
  }

  private static String unknown(String name) {
    if (name.startsWith("WD_")) {
      return name
          + " needs master data that says what lies where, and none is kept here: use EQ_"
          + name.substring(3);
    }
    if (name.contains(":") || name.startsWith("HASATTR_") || name.startsWith("EQATTR_")) {
      return name + ": extension fields are kept and returned, but not searched here";
    }
    return "there is no parameter " + EventQueryReader.shown(name) + " here";
  }

  private static String oneOf(String name, String value, List<String> known) {
    if (!known.contains(value)) {
      throw EventQueryReader.refused(
          name
              + " is one of "
              + String.join(", ", known)
              + ", not "
              + EventQueryReader.shown(value));
    }
    return value;
  }

  private static String identifier(String name, String value) {
    if (value.isEmpty()) {
      throw EventQueryReader.refused(name + " has an empty value");
    }
    if (value.startsWith("urn:epc:idpat:") && !name.endsWith("Class")) {
      throw EventQueryReader.refused(
          name + ": patterns are not offered here; give the identifier itself, or its class");
    }
    return Gs1Uri.canonical(value).orElse(value);
  }

  /** Returns a standard term bare, be it given as a URI, a URN or a compact URI. */
  private static String term(Vocabulary vocabulary, String value) {
    String expanded =
        value.startsWith("cbv:")
            ? "https://ref.gs1.org/cbv/" + value.substring(4)
            : value.startsWith("gs1:") ? "https://gs1.org/voc/" + value.substring(4) : value;
    return vocabulary.term(expanded).orElse(value);
  }
}
