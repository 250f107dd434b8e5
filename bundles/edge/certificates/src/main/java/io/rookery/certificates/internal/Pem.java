// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys of curve P-256, and certificates, as text (RFC 7468). */
final class Pem {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)-----END \\1-----");

  private Pem() {}

  static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static String key(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** Returns both halves of a key. */
  static String keys(KeyPair pair) {
    return key(pair.getPrivate()) + block("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  static String chain(List<X509Certificate> chain) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(block(CERTIFICATE, certificate.getEncoded()));
    }
    return text.toString();
  }

  private static String block(String label, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, lines.encodeToString(content));
  }

  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    byte[] encoded = only(text, "PRIVATE KEY");
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  static KeyPair keyPair(String text) throws GeneralSecurityException {
    byte[] encoded = only(text, "PUBLIC KEY");
    PublicKey known = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    return new KeyPair(known, privateKey(text));
  }

  private static byte[] only(String text, String label) throws GeneralSecurityException {
    List<byte[]> blocks = blocks(text, label);
    if (blocks.size() != 1) {
      throw new GeneralSecurityException("There is not one " + label + " in the text");
    }
    return blocks.get(0);
  }

  static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] encoded : blocks(text, CERTIFICATE)) {
      Certificate read = factory.generateCertificate(new ByteArrayInputStream(encoded));
      certificates.add((X509Certificate) read);
    }
    return certificates;
  }

  private static List<byte[]> blocks(String text, String label) throws GeneralSecurityException {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        blocks.add(decoded(matcher.group(2)));
      }
    }
    return blocks;
  }

  private static byte[] decoded(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("What stands in the text is no base64", e);
    }
  }

  /** Returns TLS that trusts the certificates of a file and nobody else. */
  static SSLContext trusting(Path file) throws GeneralSecurityException {
    try {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      for (X509Certificate root : certificates(text)) {
        roots.setCertificateEntry("root" + roots.size(), root);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new GeneralSecurityException("acme.trust cannot be read: " + file, e);
    }
  }
}
