package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Mass;
import java.util.List;
import java.util.Optional;

/** What a statement says, by kind. Times are ms since 1970 UTC. Immutable. */
public sealed interface Body {
  Kind kind();

  /** A batch of meter readings. */
  record Readings(List<Series> series) implements Body {
    public Readings {
      series = List.copyOf(series);
    }

    @Override
    public Kind kind() {
      return Kind.READINGS;
    }
  }

  /** A stable net weight; unstable ones never become a statement. */
  record Weight(String scale, long measuredMillis, Mass mass) implements Body {
    @Override
    public Kind kind() {
      return Kind.WEIGHT;
    }
  }

  /**
   * A label or card as it was scanned.
   *
   * @param symbology AIM identifier without the bracket, such as {@code Q3}; empty if none was sent
   * @param text the data after the identifier, with GS (0x1D) where the scanner sent it
   */
  record Scan(String scanner, long scannedMillis, String symbology, String text) implements Body {
    @Override
    public Kind kind() {
      return Kind.SCAN;
    }
  }

  /**
   * Tags that a portal read.
   *
   * @param tags in the order in which they are to be judged, 1 to {@value #MAX_TAGS}
   */
  record TagRead(String portal, List<Tag> tags) implements Body {
    /** Most tags of one statement. */
    public static final int MAX_TAGS = 250;

    public TagRead {
      tags = List.copyOf(tags);
      if (tags.isEmpty() || tags.size() > MAX_TAGS) {
        throw new IllegalArgumentException("a read has 1 to " + MAX_TAGS + " tags");
      }
    }

    @Override
    public Kind kind() {
      return Kind.TAG_READ;
    }
  }

  /** Sequences {@code [first, last]} of this agent and epoch that will never be delivered. */
  record Gap(long first, long last, Hash lastHash) implements Body {
    @Override
    public Kind kind() {
      return Kind.GAP;
    }
  }

  /** The agent lives and has delivered everything it read before this statement's time. */
  record Heartbeat() implements Body {
    @Override
    public Kind kind() {
      return Kind.HEARTBEAT;
    }
  }

  /**
   * A device changed state, or something it sent was refused.
   *
   * @param state {@code BAD} while it gives no value, {@code GOOD} when it does again, {@code
   *     REFUSED} for input that was not accepted while the device itself works
   * @param code stable, such as {@code modbus.exception} or {@code scan.not-gs1}
   * @param reason for a person: what, and what to do next
   * @param count how often since the last status of this device and code, ≥ 1
   */
  record DeviceStatus(
      String device, State state, String code, String reason, long sinceMillis, long count)
      implements Body {
    /** A device's state; the ordinal is the wire form. */
    public enum State {
      GOOD,
      BAD,
      REFUSED
    }

    @Override
    public Kind kind() {
      return Kind.DEVICE_STATUS;
    }
  }

  /** The rules by which the leaves after this one are accounted. */
  record Calculator(int version) implements Body {
    @Override
    public Kind kind() {
      return Kind.CALCULATOR;
    }
  }

  /** A key is valid for its holder from this leaf on. */
  record KeyRegistered(KeyRole role, String holder, PublicKey key) implements Body {
    @Override
    public Kind kind() {
      return Kind.KEY_REGISTERED;
    }
  }

  /** The plant as described by its integrator, in the encoding of {@code ledger.plant}. */
  record PlantModelDeclared(Document document) implements Body {
    @Override
    public Kind kind() {
      return Kind.PLANT_MODEL;
    }
  }

  /** A set of emission factors or a series of intensities, as {@code ledger.emission} writes it. */
  record FactorSetDeclared(Document document) implements Body {
    @Override
    public Kind kind() {
      return Kind.FACTOR_SET;
    }
  }

  /**
   * Readings that were not signed by an agent, but taken from a file.
   *
   * @param file SHA-256 of the whole file
   * @param person who answers for it, by a pseudonymous id
   * @param series with registers that begin at any value; those of interval energy begin at 0
   */
  record Imported(Hash file, String person, List<Series> series) implements Body {
    public Imported {
      series = List.copyOf(series);
    }

    @Override
    public Kind kind() {
      return Kind.IMPORTED;
    }
  }

  /**
   * What a person says of a meter; counts only when another person has approved it.
   *
   * @param person by a pseudonymous id
   * @param reason for those who will ask
   */
  record ManualEntry(String person, String reason, Entry entry) implements Body {
    /** What is said. */
    public sealed interface Entry {
      /** Returns the meter or scanner that it is about. */
      String device();

      /** A register was reset, or its meter replaced. */
      record Discontinuity(String meter, long millis, long finalValue, long initialValue)
          implements Entry {
        @Override
        public String device() {
          return meter;
        }
      }

      /**
       * What was used while nothing was measured, or a purchase spread over its time.
       *
       * @param amount in the meter's base unit, ≥ 0
       * @param method how it was found, such as {@code invoice}
       */
      record Amount(String meter, long fromMillis, long toMillis, long amount, String method)
          implements Entry {
        @Override
        public String device() {
          return meter;
        }
      }

      /**
       * What a lot weighs whose scan waits for a scale that gave no weight.
       *
       * @param scan leaf of the scan
       * @param mass more than nothing
       */
      record TypedWeight(String scanner, long scan, Mass mass) implements Entry {
        @Override
        public String device() {
          return scanner;
        }
      }
    }

    @Override
    public Kind kind() {
      return Kind.MANUAL_ENTRY;
    }
  }

  /** Another person agrees with the entry of an earlier leaf. */
  record Approval(String person, long entry) implements Body {
    @Override
    public Kind kind() {
      return Kind.APPROVAL;
    }
  }

  /**
   * The calendar month {@code [fromMillis, throughMillis)} is closed: it stands here, because zones
   * change and a recomputation must not.
   */
  record PeriodClose(long fromMillis, long throughMillis) implements Body {
    @Override
    public Kind kind() {
      return Kind.PERIOD_CLOSE;
    }
  }

  /** Everything measured before {@code throughMillis}, a whole quarter of an hour, is accounted. */
  record IntervalClose(long throughMillis) implements Body {
    @Override
    public Kind kind() {
      return Kind.INTERVAL_CLOSE;
    }
  }

  /**
   * A supplier's lot account, proven: the leaf of the supplier's log, and the tlog-proof of it.
   *
   * @param leaf the supplier's leaf bytes
   * @param proof a C2SP tlog-proof, UTF-8
   */
  record LotPassport(Content leaf, Content proof) implements Body {
    @Override
    public Kind kind() {
      return Kind.LOT_PASSPORT;
    }
  }

  /**
   * A supplier's product footprint, as the supplier declared it.
   *
   * @param document the bytes as they came, PACT v3 JSON
   * @param sha256 of them
   * @param lot path of the one lot that it is for; empty if it is for the product
   * @param declared what the document says, as the gateway read it
   * @param signature of the supplier over the document, if it signed it with a key of its own
   */
  record SupplierFootprint(
      Document document,
      Hash sha256,
      String lot,
      DeclaredFootprint declared,
      Optional<SupplierSignature> signature)
      implements Body {
    /** A footprint that its supplier did not sign. */
    public SupplierFootprint(
        Document document, Hash sha256, String lot, DeclaredFootprint declared) {
      this(document, sha256, lot, declared, Optional.empty());
    }

    public SupplierFootprint {
      if (!lot.isEmpty() && !lot.matches("01/\\d{14}/(10|21)/[!-~]{1,20}")) {
        throw new IllegalArgumentException("not a lot or item: " + lot);
      }
      boolean same =
          switch (document) {
            case Document.Inline(Content content) -> Hash.sha256(content.bytes()).equals(sha256);
            case Document.Parts(Hash whole, int _) -> whole.equals(sha256);
          };
      if (!same) {
        throw new IllegalArgumentException("the hash is not that of the document");
      }
    }

    @Override
    public Kind kind() {
      return Kind.SUPPLIER_FOOTPRINT;
    }
  }

  /**
   * What a supplier claims of a material: signed by the supplier's key, or entered by a person at
   * the plant on the supplier's behalf.
   *
   * @param company that claims it
   * @param role in which it does, such as {@code quality manager}
   * @param person who does, by a pseudonymous id
   * @param model under which the supplier kept the material apart
   * @param document that says all this and that the supplier signed; empty if it signed none
   */
  record MaterialClaimed(
      Subject subject,
      String company,
      String role,
      String person,
      CustodyModel model,
      List<MaterialClaim> claims,
      Optional<SupplierDocument> document)
      implements Body {
    /** Most claims of one statement. */
    public static final int MOST = 16;

    /** What it is claimed of. */
    public sealed interface Subject {
      /** One lot, by its path. */
      record OfLot(String lot) implements Subject {
        public OfLot {
          if (!lot.matches("01/\\d{14}/(10|21)/[!-~]{1,20}")) {
            throw new IllegalArgumentException("not a lot or item: " + lot);
          }
        }
      }

      /** All lots of a product that come within a time. */
      record OfProduct(String gtin, DeclaredFootprint.Period valid) implements Subject {
        public OfProduct {
          if (!gtin.matches("\\d{14}")) {
            throw new IllegalArgumentException("a GTIN has 14 digits");
          }
        }
      }
    }

    /** What a person at the plant enters. */
    public MaterialClaimed(
        Subject subject,
        String company,
        String role,
        String person,
        CustodyModel model,
        List<MaterialClaim> claims) {
      this(subject, company, role, person, model, claims, Optional.empty());
    }

    /** Returns the same, as a document that its supplier signed says it. */
    public MaterialClaimed signed(SupplierDocument by) {
      return new MaterialClaimed(subject, company, role, person, model, claims, Optional.of(by));
    }

    /** Returns what is said, whoever signed it. */
    public MaterialClaimed unsigned() {
      return new MaterialClaimed(subject, company, role, person, model, claims);
    }

    public MaterialClaimed {
      claims = List.copyOf(claims);
      if (claims.isEmpty() || claims.stream().distinct().count() < claims.size()) {
        throw new IllegalArgumentException("something is claimed, and each of it once");
      }
    }

    @Override
    public Kind kind() {
      return Kind.MATERIAL_CLAIM;
    }
  }

  /**
   * A supplier withdraws what it claimed: from here on the claim covers nothing.
   *
   * @param claim leaf that claims it
   * @param company that claimed it, and withdraws it
   * @param role in which a person does
   * @param person who does, by a pseudonymous id
   * @param reason for those who relied on it
   * @param document that says all this and that the supplier signed; empty if it signed none
   */
  record ClaimWithdrawn(
      long claim,
      String company,
      String role,
      String person,
      String reason,
      Optional<SupplierDocument> document)
      implements Body {
    /** Returns the same, as a document that its supplier signed says it. */
    public ClaimWithdrawn signed(SupplierDocument by) {
      return new ClaimWithdrawn(claim, company, role, person, reason, Optional.of(by));
    }

    /** Returns what is said, whoever signed it. */
    public ClaimWithdrawn unsigned() {
      return new ClaimWithdrawn(claim, company, role, person, reason, Optional.empty());
    }

    @Override
    public Kind kind() {
      return Kind.CLAIM_WITHDRAWAL;
    }
  }

  /**
   * Events that another system reported by the EPCIS capture interface, as it sent them.
   *
   * @param capture id of the capture job
   * @param proceed whether the sender wanted the good events kept if some are refused
   * @param refused positions in the event list, from 0 and ascending, that do not count
   * @param document the bytes as they came
   */
  record EpcisCapture(String capture, boolean proceed, List<Integer> refused, Document document)
      implements Body {
    /** Most events of one document. */
    public static final int MAX_EVENTS = 4_000;

    public EpcisCapture {
      refused = List.copyOf(refused);
    }

    @Override
    public Kind kind() {
      return Kind.EPCIS_CAPTURE;
    }
  }

  /**
   * One part of a document that is larger than a leaf; the leaf about it follows.
   *
   * @param whole SHA-256 of the document
   * @param number from 0, in order
   * @param count of all parts, ≥ 2
   */
  record Part(Hash whole, int number, int count, Content content) implements Body {
    @Override
    public Kind kind() {
      return Kind.PART;
    }
  }

  /**
   * A result of the accounts: compared on replay, never applied.
   *
   * @param kind {@link Kind#CUSTODY_EVENT} or {@link Kind#ACCOUNT}
   * @param cause index of the leaf that brought the result about
   * @param ordinal distinguishes the results of one cause, from 0
   * @param content in the encoding of {@code ledger.custody} or {@code ledger.account}
   */
  record Derived(Kind kind, long cause, int ordinal, Content content) implements Body {}

  /**
   * The central service published a product's declaration, or a new revision of it.
   *
   * @param product path of its GS1 Digital Link, {@code 01/{gtin}/21/{serial}}, or of a lot
   * @param revision from 1, +1 each time what is published changes
   * @param document SHA-256 of the published JSON-LD, byte for byte
   * @param facility that made the product
   * @param accounts on which the figures stand
   * @param own CO2e of making it
   * @param inherited CO2e of what went into it
   * @param total their sum
   */
  record ProductDeclared(
      String product,
      long revision,
      Hash document,
      String facility,
      List<AccountLeaf> accounts,
      Co2e own,
      Co2e inherited,
      Co2e total)
      implements Body {
    /** Most accounts that one declaration stands on. */
    public static final int MAX_ACCOUNTS = 512;

    /** An account leaf in the log of this origin. */
    public record AccountLeaf(String origin, long leaf) {}

    public ProductDeclared {
      accounts = List.copyOf(accounts);
    }

    @Override
    public Kind kind() {
      return Kind.DECLARATION;
    }
  }
}
