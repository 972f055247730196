/**
 * What every page starts. Each module does its own job and knows nothing of the others' screens.
 * Without this file the pages still work: forms are sent and pages are read the ordinary way.
 */

import { startAnswers } from "./answers.js";
import { startConnection } from "./connection.js";
import { startDelivery } from "./delivery.js";
import { startDrafts } from "./drafts.js";
import { startFiles } from "./files.js";
import { startFocus } from "./focus.js";
import { startKeptPages } from "./kept_pages.js";
import { startLeaving } from "./leaving.js";
import { startLock } from "./lock.js";
import { startLockPage } from "./lock_opening.js";
import { startMeasures } from "./measures.js";
import { startPlainForms } from "./plain_forms.js";
import { startPresence } from "./presence.js";
import { startPrint } from "./print.js";
import { startReturning } from "./returning.js";
import { startSeldom } from "./seldom.js";
import { startStopwatch } from "./stopwatch.js";
import { startTablets } from "./tablets.js";
import { startTaps } from "./taps.js";
import { startUpdating } from "./updating.js";

if (!startLeaving()) start();

function start() {
  // First, so that nothing of whoever had the tablet before is taken up again.
  startLock();
  startLockPage();
  startKeptPages();
  startPresence();
  startTablets();
  startTaps();
  startAnswers();
  startDrafts();
  startFiles();
  startFocus();
  startConnection();
  startPlainForms();
  startReturning();
  startMeasures();
  startSeldom();
  startStopwatch();
  startPrint();
  startUpdating();
  startDelivery();
}
