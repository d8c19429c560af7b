package io.tracegram.runtime.epcis;

import java.math.BigDecimal;

/** A number of an event, in the unit of its dimension. */
record Measure(Term of, BigDecimal value) {}
