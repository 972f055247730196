/** Starts the two when the first page or form that needs them is there; see ../writing.js. */

import { startAutosave } from "./autosave.js";
import { startOrdering } from "./ordering.js";

startAutosave();
startOrdering();
