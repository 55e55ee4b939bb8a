package logic

// Mine says what was written before: it is moved, and read by nothing.
const Mine = "a line of mine"
