package io.tracegram.deploy.setup;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.profile.MeterProfile;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What must be known of a facility to begin with. */
public enum Question {
  NAME("What is the facility called?") {
    @Override
    Optional<String> problem(String answer) {
      return answer.matches("[^\\p{Cntrl}]{1,80}") && !Starter.idOf(answer).isEmpty()
          ? Optional.empty()
          : Optional.of("a name has letters, and 80 characters at most");
    }
  },
  ZONE("In which time zone is it?") {
    @Override
    Optional<String> problem(String answer) {
      return ZoneId.getAvailableZoneIds().contains(answer)
          ? Optional.empty()
          : Optional.of(
              "there is no time zone '"
                  + answer
                  + "'"
                  + Suggestion.clause(answer, ZoneId.getAvailableZoneIds()));
    }
  },
  PROFILE("Which meter is it? (a profile)") {
    @Override
    Optional<String> problem(String answer) {
      ProfileCatalog catalog = ProfileCatalog.bundled();
      List<String> meters =
          catalog.ids().stream()
              .filter(id -> catalog.find(id).orElseThrow() instanceof MeterProfile)
              .toList();
      return meters.contains(answer)
          ? Optional.empty()
          : Optional.of(
              "there is no Modbus meter '" + answer + "'" + Suggestion.clause(answer, meters));
    }
  },
  ADDRESS("Where is it? (host:port, rtu://host:port or serial:/dev/…)") {
    @Override
    Optional<String> problem(String answer) {
      if (answer.startsWith(Starter.SERIAL)) {
        return answer.matches("serial:/dev/[A-Za-z0-9._:/-]{1,200}")
            ? Optional.empty()
            : Optional.of("a serial port is serial:/dev/…, such as one in /dev/serial/by-id");
      }
      try {
        return HostPort.parse(answer.replaceFirst("^rtu://", "")).port() > 0
            ? Optional.empty()
            : Optional.of("nothing can be reached at port 0");
      } catch (IllegalArgumentException e) {
        return Optional.of("an address " + e.getMessage());
      }
    }
  },
  UNIT("Which unit id has it?") {
    @Override
    Optional<String> problem(String answer) {
      return answer.matches("\\d{1,3}") && isUnit(Integer.parseInt(answer))
          ? Optional.empty()
          : Optional.of("a unit id is a number from 1 to 247");
    }
  };

  private final String text;

  Question(String text) {
    this.text = text;
  }

  private static boolean isUnit(int number) {
    return number >= 1 && number <= 247;
  }

  public String text() {
    return text;
  }

  /** Returns what is wrong with an answer, and what would be right. */
  abstract Optional<String> problem(String answer);
}
