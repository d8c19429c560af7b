package io.tracegram.deploy.verify;

/** Whether statements' signatures are checked. */
enum SignatureRule {
  CHECKED,
  /** Only to measure what checking costs. */
  BELIEVED
}
