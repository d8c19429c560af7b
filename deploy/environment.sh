# Sourced by the launchers: finds JDK 25 and builds what is missing. Sets ROOT, JAVA and LIB.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LIB=$ROOT/deploy/target/tracegram/lib

say() { printf '%s\n' "$*" >&2; }

is_jdk_25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }

find_jdk_25() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /opt/*jdk* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      printf '%s' "$home"
      return
    fi
  done
  say "Tracegram needs JDK 25 and found none."
  say "Install it (Debian with Adoptium's packages: apt-get install temurin-25-jdk), or point JAVA_HOME at it."
  return 1
}

JDK=$(find_jdk_25) || exit 2
JAVA=$JDK/bin/java
# Maven runs on JDK 25 too, so that the formatter understands the language level
export JAVA_HOME=$JDK

maven() {
  command -v mvn >/dev/null || { say "Tracegram is built with Maven 3.8 or newer: apt-get install maven"; exit 2; }
  (cd "$ROOT" && mvn -B -ntp "$@")
}

# Builds the distribution unless it is newer than every source.
build() {
  if [ -f "$LIB/.built" ] && [ -z "$(find "$ROOT/pom.xml" "$ROOT"/*/pom.xml "$ROOT"/*/src \
      "$ROOT"/device-configs/profiles "$ROOT"/device-configs/plants \
      -newer "$LIB/.built" -type f -print -quit 2>/dev/null)" ]; then
    return
  fi
  say "Building Tracegram (the first time also fetches its libraries; some two minutes) …"
  local log=$ROOT/target/build.log
  mkdir -p "$ROOT/target"
  if ! maven -q package -Pquick -Dmaven.test.skip=true -Dspotless.check.skip=true >"$log" 2>&1; then
    say "The build failed; the end of $log:"
    tail -n 30 "$log" >&2
    exit 2
  fi
  touch "$LIB/.built"
}
