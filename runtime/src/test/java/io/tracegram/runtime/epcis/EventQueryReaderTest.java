package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.runtime.epcis.EventQuery.Clause;
import io.tracegram.runtime.epcis.EventQuery.Order;
import io.tracegram.runtime.web.RequestRefused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueryReaderTest {
  private static final PageToken TOKENS =
      new PageToken("sixteen bytes or more".getBytes(StandardCharsets.UTF_8));

  @Test
  void withoutParametersItIsAllEventsTheLastRecordedFirst() {
    EventQuery query = read();
    assertThat(query.clauses()).isEmpty();
    assertThat(query.order()).isEqualTo(Order.RECORD_TIME);
    assertThat(query.descending()).isTrue();
    assertThat(query.perPage()).isEqualTo(30);
    assertThat(query.limit()).isEmpty();
    assertThat(query.most()).isEmpty();
    assertThat(query.after()).isEmpty();
  }

  @Test
  void everyParameterIsAClauseOfItsOwnAndBarsSeparateAlternatives() {
    EventQuery query =
        read(
            "eventType",
            "ObjectEvent|AggregationEvent",
            "EQ_bizStep",
            "shipping",
            "GE_quantity",
            "5");
    assertThat(query.clauses()).hasSize(3);
    assertThat(query.clauses())
        .contains(
            new Clause.AnyOf(
                List.of(
                    new Term(Field.TYPE, "ObjectEvent"), new Term(Field.TYPE, "AggregationEvent"))),
            new Clause.AnyOf(List.of(new Term(Field.BIZ_STEP, "shipping"))));
  }

  @Test
  void bothFormsOfAnIdentifierAndAWordAskTheSame() {
    assertThat(read("MATCH_epc", "urn:epc:id:sgtin:0614141.112345.400").clauses())
        .isEqualTo(read("MATCH_epc", "https://id.gs1.org/01/10614141123459/21/400").clauses());
    assertThat(read("EQ_bizStep", "https://ref.gs1.org/cbv/BizStep-shipping").clauses())
        .isEqualTo(read("EQ_bizStep", "shipping").clauses());
    assertThat(read("GE_quantity_GRM", "1500").clauses())
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .build())
        .isEqualTo(read("GE_quantity_KGM", "1.5").clauses());
  }

  @Test
  void aPlusSignThatWasNotEncodedIsStillATimeZone() {
    assertThat(read("GE_eventTime", "2026-03-01T06:00:00 01:00").eventMicros().from())
        .isEqualTo(OptionalLong.of(1_772_341_200_000_000L))
        .isEqualTo(read("GE_eventTime", "2026-03-01T05:00:00Z").eventMicros().from());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "orderBy ~ ext:grade ~ orderBy is eventTime or recordTime here",
        "orderDirection ~ DOWN ~ orderDirection is ASC or DESC, not 'DOWN'",
        "orderDirection ~ ASC ~ orderDirection is the direction of an order: give orderBy too",
        "eventCountLimit ~ 5 ~ eventCountLimit says how many of an order: give orderBy too",
        "eventCountLimit ~ 0 ~ eventCountLimit must be from 1 to",
        "eventCountLimit ~ 1000001 ~ eventCountLimit must be from 1 to",
        "eventCountLimit ~ many ~ eventCountLimit is no whole number: 'many'",
        "maxEventCount ~ -1 ~ maxEventCount must be from 0 to",
        "maxEventCount ~ 1.5 ~ maxEventCount is no whole number: '1.5'",
        "perPage ~ 0 ~ perPage must be from 1 to 1000",
        "perPage ~ 1001 ~ perPage must be from 1 to 1000",
        "perPage ~ 99999999999999999999 ~ perPage is no whole number",
        "nextPageToken ~ AAAA ~ this nextPageToken belongs to no page of this query",
        "nextPageToken ~ ! ~ this nextPageToken belongs to no page of this query",
        "GE_value ~ 5 ~ GE_value needs a unit, such as GE_value_CEL",
        "EQ_percRank_P1 ~ 50 ~ a percRank has no unit: use EQ_percRank",
        "GE_value_CEL ~ warm ~ GE_value_CEL is no decimal number: 'warm'",
        "GE_value_CEL ~ 1e9999 ~ GE_value_CEL is no decimal number",
        "GE_value_CEL ~ NaN ~ GE_value_CEL is no decimal number",
        "GE_quantity ~ 1|2 ~ GE_quantity is no decimal number: '1|2'",
        "GE_eventTime ~ yesterday ~ GE_eventTime is no time: 'yesterday'; write it as",
        "LT_recordTime ~ 2026-13-01T00:00:00Z ~ LT_recordTime is no time",
        "GT_eventTime ~ 2026-03-01T06:00:00Z ~ there is no parameter 'GT_eventTime' here",
        "EQ_action ~ LOOK ~ EQ_action is one of OBSERVE, ADD, DELETE, not 'LOOK'",
        "EQ_booleanValue ~ 1 ~ EQ_booleanValue is one of true, false, not '1'",
        "MATCH_epc ~ urn:epc:idpat:sgtin:0614141.112345.* ~ patterns are not offered here",
        "EXISTS_errorDeclaration ~ false ~ EXISTS_errorDeclaration asks for events that have it",
        "EQ_ext:grade ~ A ~ extension fields are kept and returned, but not searched here",
        "HASATTR_bizLocation ~ name ~ extension fields are kept and returned",
        "EQATTR_bizLocation_name ~ A ~ extension fields are kept and returned",
        "eq_bizStep ~ shipping ~ there is no parameter 'eq_bizStep' here",
        "colour ~ red ~ there is no parameter 'colour' here",
      })
  void refusesWithTheReason(String name, String value, String reason) {
    assertRefused(reason, name, value);
  }

  /** What lies below a place is master data (EPCIS 2.0 §8.2.7.1), which is not kept. */
  @ParameterizedTest
  @ValueSource(strings = {"WD_readPoint", "WD_bizLocation"})
  void refusesDescendantsOfPlacesAndSaysWhatToAskInstead(String name) {
    assertRefused("use EQ_" + name.substring(3), name, "urn:epc:id:sgln:0614141.07346.0");
  }

  @Test
  void refusesAnEmptyIdentifierAndTooManyValues() {
    assertRefused("MATCH_epc has an empty value", "MATCH_epc", "");
    assertRefused("MATCH_epc has an empty value", "MATCH_epc", "urn:ex:1|");
    String many =
        IntStream.rangeClosed(0, 100).mapToObj(Integer::toString).collect(Collectors.joining("|"));
    assertRefused("EQ_eventID has more than 100 values", "EQ_eventID", many);
    assertThat(read("EQ_eventID", many.substring(2)).clauses()).hasSize(1);
  }

  @Test
  void refusesBothWaysOfCountingAtOnce() {
    assertRefused(
        "exclude each other", "eventCountLimit", "5", "maxEventCount", "5", "orderBy", "eventTime");
  }

  @Test
  void aRefusalShowsNoMoreThanABitOfWhatItRefuses() {
    assertThatThrownBy(() -> read("x".repeat(5_000), "1"))
        .satisfies(refusal -> assertThat(detail(refusal)).hasSizeLessThan(200).contains("…"));
  }

  private static void assertRefused(String reason, String... parameters) {
    assertThatThrownBy(() -> read(parameters))
        .as(String.join(" ", parameters))
        .isInstanceOf(RequestRefused.class)
        .satisfies(
            refusal -> {
              assertThat(((RequestRefused) refusal).problem().type())
                  .isEqualTo("epcisException:QueryParameterException");
              assertThat(detail(refusal)).contains(reason);
            });
  }

  private static String detail(Throwable refusal) {
    return ((RequestRefused) refusal).problem().detail();
  }

  private static EventQuery read(String... parameters) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i], parameters[i + 1]);
    }
    return EventQueryReader.read(named, TOKENS);
  }
}
