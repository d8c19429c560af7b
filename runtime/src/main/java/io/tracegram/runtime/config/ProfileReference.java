package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.DeviceProfile;
import java.util.Optional;

/** Finds the profile that a device names. Stateless. */
final class ProfileReference {
  private final ProfileCatalog profiles;

  ProfileReference(ProfileCatalog profiles) {
    this.profiles = profiles;
  }

  /** Returns the profile if it is sound and of that type; reports nothing. */
  <T extends DeviceProfile> Optional<T> known(String id, Class<T> type) {
    return profiles.find(id).filter(type::isInstance).map(type::cast);
  }

  /**
   * Returns the profile, empty if a problem was reported or none is named.
   *
   * @param expected whose profile it must be, such as {@code a scale}
   */
  <T extends DeviceProfile> Optional<T> find(
      YamlMap yaml, String id, Class<T> type, String expected) {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<DeviceProfile> found = profiles.find(id);
    if (profiles.isRefused(id)) {
      yaml.error("profile", "bad-profile", "the profile '" + id + "' has errors: correct it first");
    } else if (found.isEmpty()) {
      yaml.error(
          "profile",
          "unknown-profile",
          "there is no profile '" + id + "'" + Suggestion.clause(id, profiles.ids()));
    } else if (!type.isInstance(found.get())) {
      yaml.error("profile", "wrong-profile", "'" + id + "' is not the profile of " + expected);
    }
    return found.filter(type::isInstance).map(type::cast);
  }
}
