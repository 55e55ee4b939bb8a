package logic

// mine
