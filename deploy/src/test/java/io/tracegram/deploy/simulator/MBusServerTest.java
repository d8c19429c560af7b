package io.tracegram.deploy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.MBusProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmuc.jmbus.DataRecord;
import org.openmuc.jmbus.MBusConnection;
import org.openmuc.jmbus.VariableDataStructure;

/** Read by the master of jmbus. */
class MBusServerTest {
  private final int port = Ports.free();
  private final MBusServer bus = new MBusServer("cellar", new HostPort("127.0.0.1", port));

  @BeforeEach
  void start() throws IOException {
    bus.add(profile("kamstrup/multical-601"), 17, "06855817").show(37_351_000_000L, 34_700_000);
    bus.add(profile("itron/cyble-gas"), 4, "").show(260_000, 0);
    bus.start();
  }

  @AfterEach
  void stop() {
    bus.stop();
  }

  private static MBusProfile profile(String id) {
    return (MBusProfile) ProfileCatalog.bundled().find(id).orElseThrow();
  }

  @Test
  void answersAForeignMasterAsTheMetersWould() throws Exception {
    try (MBusConnection master = master()) {
      master.linkReset(17);
      VariableDataStructure heat = master.read(17);
      assertThat(heat.getSecondaryAddress().getManufacturerId()).isEqualTo("KAM");
      assertThat(heat.getSecondaryAddress().getDeviceId()).hasToString("06855817");
      assertThat(heat.getDataRecords())
          .extracting(DataRecord::getScaledDataValue)
          .containsExactly(37_351_000.0, 34_700.0);

      VariableDataStructure gas = master.read(4);
      assertThat(gas.getDataRecords())
          .extracting(DataRecord::getScaledDataValue)
          .containsExactly(0.26);
      assertThatThrownBy(() -> master.read(5)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void staysSilentAtNoiseAndAnswersTheNextMaster() throws Exception {
    try (Socket hostile = new Socket(InetAddress.getLoopbackAddress(), port);
        MBusConnection master = master()) {
      byte[] noise = new byte[4_096];
      new Random(3).nextBytes(noise);
      hostile.getOutputStream().write(noise);

      assertThat(master.read(4).getDataRecords()).hasSize(1);
      assertThat(hostile.getInputStream().available()).isZero();
    }
  }

  private MBusConnection master() throws IOException {
    return MBusConnection.newTcpBuilder("127.0.0.1", port).setTimeout(500).build();
  }
}
