// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A page of names.
 *
 * @param next by what the next page is asked for, or null
 */
record Listed(List<String> names, String next) {

  /** Reads a ListBucketResult; a document type, and so any entity of its own, is refused. */
  static Listed read(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      Document page = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
      List<String> next = texts(page, "NextContinuationToken");
      boolean more = texts(page, "IsTruncated").contains("true");
      return new Listed(texts(page, "Key"), more && !next.isEmpty() ? next.get(0) : null);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("The object store's list cannot be read", e);
    }
  }

  private static List<String> texts(Document page, String name) {
    NodeList found = page.getElementsByTagNameNS("*", name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }
}
