/* What old sources include; compilers make none any more. */
