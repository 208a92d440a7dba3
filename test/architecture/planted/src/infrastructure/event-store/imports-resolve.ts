// @ts-expect-error -- the point of this file
import './nowhere.js';
