// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.sending.NewMessage.Attachment;
import io.rookery.sending.internal.mime.Mail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be sent along with a message. */
final class FileRules {

  private static final int MOST = 50;
  private static final int LONGEST_NAME = 200;
  private static final String DEFAULT_TYPE = "application/octet-stream";

  /** A media type without parameters (RFC 6838 §4.2). */
  private static final Pattern TYPE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,80}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,80}");

  /** Base64 is not allowed on either (RFC 2045 §6.4). */
  private static final Pattern COMPOSITE = Pattern.compile("(?i)(multipart|message)/.*");

  private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9._-]+(@[A-Za-z0-9.-]+)?");

  private FileRules() {}

  /**
   * Returns the files.
   *
   * @param attachments null for none
   * @param largest how many octets they may have together
   */
  static List<Mail.File> checked(List<Attachment> attachments, long largest, Faults faults) {
    List<Attachment> given = attachments == null ? List.of() : attachments;
    faults.unless(given.size() <= MOST, "/attachments", "At most " + MOST);
    List<Mail.File> files = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long octets = 0;
    for (int i = 0; i < given.size() && i < MOST; i++) {
      Attachment attachment = given.get(i);
      String pointer = "/attachments/" + i;
      if (attachment == null || attachment.content() == null) {
        faults.add(pointer + "/content", "Must be given, in base64");
        continue;
      }
      octets += attachment.content().length;
      files.add(file(attachment, ids, faults.at(pointer)));
    }
    faults.unless(
        octets <= largest, "/attachments", "More than " + largest + " bytes, all of them together");
    return files;
  }

  private static Mail.File file(Attachment attachment, Set<String> ids, Faults faults) {
    String name = attachment.fileName();
    String id = attachment.contentId();
    faults.unless(id != null || (name != null && !name.isBlank()), "/file_name", "Must be given");
    faults.line("/file_name", name, LONGEST_NAME);
    faults.unless(
        name == null || name.chars().noneMatch(c -> c == '/' || c == '\\'),
        "/file_name",
        "A name without a folder");
    String type = attachment.contentType() == null ? DEFAULT_TYPE : attachment.contentType();
    boolean simple = TYPE.matcher(type).matches() && !COMPOSITE.matcher(type).matches();
    faults.unless(simple, "/content_type", "A media type such as image/png, without parameters");
    if (id != null) {
      boolean fits = id.length() <= 100 && CONTENT_ID.matcher(id).matches();
      faults.unless(fits, "/content_id", "Letters, digits, dots and hyphens, such as logo");
      faults.unless(ids.add(id), "/content_id", "Given twice");
    }
    return new Mail.File(name, type, id, attachment.content());
  }
}
