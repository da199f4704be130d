// On a narrow screen the account's menu is longer than the screen: show where one is.
document
  .querySelector(".account__link[aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });
