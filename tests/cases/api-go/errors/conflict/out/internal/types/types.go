package types

// mine
