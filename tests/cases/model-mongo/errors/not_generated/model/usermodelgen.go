package model

// mine
